package scenarios

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"time"

	"gregaria/worker/client"
	"gregaria/worker/user"
)

// StoryUser is the StoryUser of the repository's locustfile.py, compiled: it has stories made and reads them again.
func StoryUser() user.Class {
	return user.Scenario[story]{
		Name:    "StoryUser",
		Wait:    user.Between(time.Second, 3*time.Second),
		New:     func(env *user.Env) *story { return &story{http: client.New(env)} },
		OnStart: (*story).checkHealth,
		Tasks: []user.Task[story]{
			{Name: "create_story", Weight: 3, Run: (*story).create},
			{Name: "read_story", Weight: 1, Run: (*story).read},
		},
	}.Class()
}

// A story is the state of one user: its session and the ids of the stories it had made.
type story struct {
	http *client.Session
	ids  []string
}

// storyBody is what POST /api/v1/story takes, storyMade what it answers.
type (
	storyBody struct {
		Prompt string `json:"prompt"`
		Scenes int    `json:"scenes"`
	}
	storyMade struct {
		ID string `json:"id"`
	}
)

// prompts are what the users ask for.
func prompts() []string {
	return []string{
		"A fox who is afraid of the dark",
		"Two robots plant a garden on the moon",
		"The lighthouse that wanted to travel",
		"A girl teaches a dragon to read",
		"The last snowman of the winter",
	}
}

// checkHealth is on_start: an API that is not up is a failure of /health in the statistics; the user tries anyway.
func (s *story) checkHealth(ctx context.Context) error {
	s.http.Do(ctx, &client.Request{Method: http.MethodGet, URL: "/health", Check: func(r *client.Response) error {
		if r.Status() == http.StatusOK && !bytes.Contains(r.Bytes(), []byte("ok")) {
			return errors.New("the API says that it is not healthy")
		}
		return r.StatusError()
	}})
	return nil
}

// create has a story made. An answer without an id is a failure, whatever its status says.
func (s *story) create(ctx context.Context) error {
	prompts := prompts()
	body := client.JSON(storyBody{prompts[rand.IntN(len(prompts))], 1 + rand.IntN(5)})
	var made storyMade
	s.http.Do(ctx, &client.Request{
		Method: http.MethodPost, URL: "/api/v1/story", Body: body,
		Check: func(r *client.Response) error {
			if err := r.StatusError(); err != nil {
				return err
			}
			if err := r.JSON(&made); err != nil || made.ID == "" {
				return errors.New("the answer has no story id")
			}
			return nil
		},
	})
	if made.ID != "" {
		s.ids = append(s.ids, made.ID)
	}
	return nil
}

// read reads a story that this user had made; all ids are one row in the statistics.
func (s *story) read(ctx context.Context) error {
	if len(s.ids) == 0 {
		return s.create(ctx)
	}
	id := s.ids[rand.IntN(len(s.ids))]
	s.http.Do(ctx, &client.Request{Method: http.MethodGet, URL: "/api/v1/story/" + id, Name: "/api/v1/story/[id]"})
	return nil
}
