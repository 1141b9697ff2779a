package locustweb

import (
	"errors"
	"net/http"
	"testing"
	"time"
)

// page serves the page of a web UI.
func page(t *testing.T, text string) *Client {
	t.Helper()
	return master(t, map[string]http.HandlerFunc{"GET /{$}": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		answer(text)(w, r)
	}})
}

func TestPage(t *testing.T) {
	t.Parallel()
	got, err := page(t, `<script>window.templateArgs = {"version": "2.47.0", "host": "http://localhost:8000", "is_distributed": true, "history": []}
</script>`).Page(t.Context())
	if got.Ahead.Abs() > time.Second {
		t.Errorf("the clock of this machine is %v ahead of itself", got.Ahead)
	}
	got.Ahead = 0
	if want := (Page{Version: "2.47.0", Host: "http://localhost:8000", Distributed: true}); got != want || err != nil {
		t.Errorf("Page() = %+v, %v, want %+v", got, err, want)
	}
	late := master(t, map[string]http.HandlerFunc{"GET /{$}": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Date", time.Now().Add(-time.Minute).UTC().Format(http.TimeFormat))
		w.Write([]byte(`window.templateArgs = {}`))
	}})
	if got, err := late.Page(t.Context()); err != nil || got.Ahead > -58*time.Second || got.Ahead < -62*time.Second {
		t.Errorf("a clock that is a minute late is %v ahead (%v)", got.Ahead, err)
	}
	for name, text := range map[string]string{"before 2.20": "<html><h1>Locust</h1>", "half": `window.templateArgs = {"version": `} {
		if got, err := page(t, text).Page(t.Context()); err == nil {
			t.Errorf("Page() of a page that is %s = %+v, want an error", name, got)
		}
	}
	behind := master(t, map[string]http.HandlerFunc{"GET /{$}": http.RedirectHandler("/login", http.StatusFound).ServeHTTP, "GET /login": answer("<html>")})
	if _, err := behind.Page(t.Context()); !errors.Is(err, ErrLogin) {
		t.Errorf("Page() behind a login: %v, want %v", err, ErrLogin)
	}
}

func TestPageOfAShape(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{ // template_args of 2.47.0
		`<script>window.templateArgs = {"hide_common_options": true, "history": []}`:                                   true,
		`<script>window.templateArgs = {"hide_common_options": false, "shape_use_common_options": true}`:               true,
		`<script>window.templateArgs = {"hide_common_options": null, "history": [], "shape_use_common_options": null}`: false,
	} {
		if got, err := page(t, text).Page(t.Context()); got.Shape() != want || err != nil {
			t.Errorf("Shape() of %s = %v, %v, want %v", text, got.Shape(), err, want)
		}
	}
}
