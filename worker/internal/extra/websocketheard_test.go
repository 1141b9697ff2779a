package extra

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/worker/user"
)

// A hearer also keeps what messages say.
type hearer struct {
	listener
	said []string
}

func (h *hearer) Follow(typ, name string, url fmt.Stringer) func(data []byte, at time.Time) {
	where := typ + " " + name + " " + url.String()
	return func(data []byte, _ time.Time) {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.said = append(h.said, where+" "+string(data))
	}
}

// TestWebSocketsAreHeard has the text of each message that is not blank, for whoever wants it, though nothing is measured.
func TestWebSocketsAreHeard(t *testing.T) {
	t.Parallel()
	base := messageServer(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	h := &hearer{}
	runAs(t, &owner{&user.Env{Done: ctx, Recorder: h}, ctx}, fmt.Sprintf("import websocket\nw = websocket.create_connection(%q)\n[w.recv() for i in range(4)]; w.close()\n", base+"/x/17?job=3"))
	where := "WS /x/[id] /x/17?job=3 "
	want := []string{where + `{"a":"x"}`, where + `{"a":"y","b":"` + strings.Repeat("long", 100) + `"}`, where + `{"b":"z"}`}
	h.mu.Lock()
	defer h.mu.Unlock()
	if diff := cmp.Diff(want, h.said); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
}
