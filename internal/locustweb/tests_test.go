package locustweb

import (
	"net/http"
	"testing"
	"time"
)

func TestTests(t *testing.T) {
	t.Parallel()
	asked := ""
	client := master(t, map[string]http.HandlerFunc{"GET /gregaria/tests": func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.RawQuery
		answer(`{"tests":[{"stamp":"20261130_170000","began":1000.25,"stopped":0,"ended":0,"until":1030.3,"users":7,"host":"http://a","closed":true,"code":3},{"began":2000}]}`)(w, r)
	}})
	got, err := client.Tests(t.Context(), 4)
	if err != nil || asked != "after=4" || len(got) != 2 {
		t.Fatalf("Tests() = %+v, %v, asked %q", got, err, asked)
	}
	if g := got[0]; g.Stamp != "20261130_170000" || g.Planned() != 30*time.Second || !At(g.Ended).IsZero() || g.Users != 7 || !g.Closed || g.Code != 3 {
		t.Errorf("the first is %+v, planned for %v", g, g.Planned())
	}
	if planned := got[1].Planned(); planned != 0 {
		t.Errorf("a test without an end is planned for %v, want 0", planned)
	}
	if _, err := master(t, map[string]http.HandlerFunc{"GET /gregaria/tests": answer("<html>")}).Tests(t.Context(), 0); err == nil {
		t.Error("Tests() of a page = nil, want an error")
	}
}
