package target

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/valyala/fasthttp"
)

// The names of the API's requests in Served.By: a method, a space and the name that Locust's statistics show.
const (
	Health      = "GET /health"
	CreateStory = "POST /api/v1/story"
	ReadStory   = "GET /api/v1/story/[id]"
)

const (
	healthPath   = "/health"
	storyPath    = "/api/v1/story"
	servedPath   = "/served"
	resetPath    = "/served/reset"
	settingsPath = "/settings"
)

// handle answers one request and counts it, unless it is a control request.
func (s *Server) handle(ctx *fasthttp.RequestCtx) {
	if s.control(ctx) {
		return
	}
	name := s.answer(ctx)
	s.tally.add(request{
		name:         name,
		failed:       ctx.Response.StatusCode() >= fasthttp.StatusBadRequest,
		onConnection: firstOnConnection(ctx),
		inSession:    s.sessions.begin(ctx),
	})
}

// answer writes the response of the API and returns the name of the request.
func (s *Server) answer(ctx *fasthttp.RequestCtx) string {
	path := ctx.Path()
	switch {
	case ctx.IsGet() && string(path) == healthPath:
		respond(ctx, fasthttp.StatusOK, []byte(`{"status":"ok"}`))
		return Health
	case ctx.IsPost() && string(path) == storyPath:
		s.createStory(ctx)
		return CreateStory
	}
	if id, ok := bytes.CutPrefix(path, []byte(storyPath+"/")); ok && ctx.IsGet() && isSegment(id) {
		s.readStory(ctx, id)
		return ReadStory
	}
	refuse(ctx, fasthttp.StatusNotFound, "Not Found")
	return string(ctx.Method()) + " " + string(path)
}

// isSegment says whether part is one segment of a path, as a path parameter is.
func isSegment(part []byte) bool { return len(part) > 0 && bytes.IndexByte(part, '/') < 0 }

// control answers the requests that steer the server, which are not counted. It says whether this was one.
func (s *Server) control(ctx *fasthttp.RequestCtx) bool {
	switch path := string(ctx.Path()); {
	case ctx.IsGet() && path == servedPath:
		respondJSON(ctx, s.Served())
	case ctx.IsPost() && path == resetPath:
		s.Reset()
		respondJSON(ctx, s.Served())
	case ctx.IsGet() && path == settingsPath:
		respondJSON(ctx, s.Settings())
	case ctx.IsPut() && path == settingsPath:
		s.putSettings(ctx)
	default:
		return false
	}
	return true
}

// putSettings changes the settings that the body names and answers with all of them.
func (s *Server) putSettings(ctx *fasthttp.RequestCtx) {
	body := ctx.PostBody()
	err := s.update(func(current *Settings) error { return json.Unmarshal(body, current) })
	if err != nil {
		refuse(ctx, fasthttp.StatusBadRequest, err.Error())
		return
	}
	respondJSON(ctx, s.Settings())
}

func respond(ctx *fasthttp.RequestCtx, status int, body []byte) {
	ctx.SetStatusCode(status)
	ctx.SetContentType("application/json")
	ctx.SetBody(body)
}

func respondJSON(ctx *fasthttp.RequestCtx, value any) {
	body, err := json.Marshal(value)
	if err != nil {
		refuse(ctx, fasthttp.StatusInternalServerError, fmt.Sprintf("write JSON: %v", err))
		return
	}
	respond(ctx, fasthttp.StatusOK, body)
}

// refuse answers with an error in FastAPI's form: {"detail":"..."}.
func refuse(ctx *fasthttp.RequestCtx, status int, detail string) {
	quoted, err := json.Marshal(detail)
	if err != nil { // cannot happen: any string has a JSON form
		quoted = []byte(`""`)
	}
	respond(ctx, status, fmt.Appendf(nil, `{"detail":%s}`, quoted))
}
