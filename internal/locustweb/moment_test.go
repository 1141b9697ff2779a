package locustweb

import (
	"errors"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMoment(t *testing.T) {
	t.Parallel()
	asked := ""
	client := master(t, map[string]http.HandlerFunc{"GET /gregaria/timings/moment": func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.RawQuery
		answer(`{"users":7,"requests":21,"failures":2,"moment":[3,12,1,9.5,20],"seconds":[[1001,4,0,9.5,20.0],[1002,0,0,null,null]]}`)(w, r)
	}})
	got, err := client.Moment(t.Context(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	want := Moment{
		Users: 7, Requests: 21, Failures: 2, Now: &Span{3, 12, 1, new(9.5), new(20.0)},
		Seconds: []Second{{1001, Span{1, 4, 0, new(9.5), new(20.0)}}, {1002, Span{1, 0, 0, nil, nil}}},
	}
	if diff := cmp.Diff(want, got); diff != "" || asked != "after=1000" {
		t.Errorf("Moment() asked %q (-want +got):\n%s", asked, diff)
	}
}

func TestMomentThatIsNone(t *testing.T) {
	t.Parallel()
	for body, fails := range map[string]bool{
		`{"moment":null,"seconds":[]}`:       false,
		`{"moment":[1,2,3]}`:                 true,
		`{"seconds":[[1,2,3,null,null,5]]}`:  true,
		`{"seconds":[["x",2,3,null,null]]}`:  true,
		`{"seconds":[[1,2,3,null,null],{}]}`: true,
		`<html>`:                             true,
	} {
		client := master(t, map[string]http.HandlerFunc{"GET /gregaria/timings/moment": answer(body)})
		got, err := client.Moment(t.Context(), 0)
		if (err != nil) != fails || !fails && got.Now != nil {
			t.Errorf("Moment() of %s = %+v, %v, want an error: %v", body, got, err, fails)
		}
	}
	if _, err := master(t, nil).Moment(t.Context(), 0); !errors.Is(err, ErrStatus) {
		t.Errorf("Moment() without the plug-in = %v, want ErrStatus", err)
	}
}
