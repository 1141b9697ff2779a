package target

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/valyala/fasthttp"
)

// The number of scenes in a story: what a request without one gets, and the most it may ask for.
const (
	DefaultScenes = 3
	MaxScenes     = 20
)

// A storyRequest is the body of POST /api/v1/story.
type storyRequest struct {
	Prompt string `json:"prompt"`
	Scenes int    `json:"scenes"`
}

// parseStory reads a body. The problem is "" if there is none, else what the client should be told.
func parseStory(body []byte) (story storyRequest, problem string) {
	story.Scenes = DefaultScenes
	if err := json.Unmarshal(body, &story); err != nil {
		return story, "the body is not a JSON object with a prompt and a number of scenes"
	}
	if strings.TrimSpace(story.Prompt) == "" {
		return story, "prompt is missing"
	}
	if story.Scenes < 1 || story.Scenes > MaxScenes {
		return story, "scenes is not from 1 to " + strconv.Itoa(MaxScenes)
	}
	return story, ""
}

// createStory makes a story, at the cost that the settings name.
func (s *Server) createStory(ctx *fasthttp.RequestCtx) {
	story, problem := parseStory(ctx.PostBody())
	if problem != "" {
		refuse(ctx, fasthttp.StatusBadRequest, problem)
		return
	}
	settings := s.settings.Load()
	time.Sleep(s.latency(settings))
	burn(settings.CPU)
	s.memory.hold(settings.Hold)
	if s.fails(settings) {
		refuse(ctx, fasthttp.StatusInternalServerError, "the render failed (error-rate)")
		return
	}
	body := append(make([]byte, 0, 64), `{"id":"`...)
	body = strconv.AppendUint(body, s.stories.Add(1), 10)
	body = append(body, `","status":"done","scenes":`...)
	body = strconv.AppendInt(body, int64(story.Scenes), 10)
	respond(ctx, fasthttp.StatusCreated, append(body, '}'))
}

// readStory answers for a story that this server made: ids are not kept, they are the numbers up to s.stories.
func (s *Server) readStory(ctx *fasthttp.RequestCtx, id []byte) {
	if !isStory(id, s.stories.Load()) {
		refuse(ctx, fasthttp.StatusNotFound, "there is no such story")
		return
	}
	if s.fails(s.settings.Load()) {
		refuse(ctx, fasthttp.StatusInternalServerError, "the story could not be read (error-rate)")
		return
	}
	body := append(make([]byte, 0, 64), `{"id":"`...)
	body = append(body, id...)
	respond(ctx, fasthttp.StatusOK, append(body, `","status":"done"}`...))
}

// isStory says whether id is one of "1" to made, written without leading zeros.
func isStory(id []byte, made uint64) bool {
	number, err := strconv.ParseUint(string(id), 10, 64)
	return err == nil && id[0] != '0' && number <= made
}

// latency draws the time that one story takes: uniform in Latency +- LatencyJitter.
func (s *Server) latency(settings *Settings) time.Duration {
	if settings.LatencyJitter == 0 {
		return settings.Latency
	}
	spread := 2*s.jitter.next() - 1
	return settings.Latency + time.Duration(spread*float64(settings.LatencyJitter))
}

// fails draws whether one story request is answered with 500.
func (s *Server) fails(settings *Settings) bool {
	return settings.ErrorRate > 0 && s.errors.next() < settings.ErrorRate
}
