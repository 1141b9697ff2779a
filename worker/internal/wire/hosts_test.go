package wire

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// TestHosts has users at once send to more origins than a pool keeps connections to: those to the one used longest ago go, one in use
// does not. Under the race detector it also holds who may look at a connection.
func TestHosts(t *testing.T) {
	t.Parallel()
	var origins []*Origin
	for range 3 {
		s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
		t.Cleanup(s.Close)
		origins = append(origins, &Origin{Address: strings.TrimPrefix(s.URL, "http://"), Host: "a"})
	}
	p := &Pool{Hosts: 2, Wary: true}
	t.Cleanup(p.Close)
	send := func(o *Origin) error {
		q := &Call{Origin: o, Method: "GET", Message: []byte("GET / HTTP/1.1\r\nHost: a\r\n\r\n")}
		p.Do(t.Context(), t.Context(), q)
		q.Answer.GiveBack()
		return q.Err
	}
	var users sync.WaitGroup
	for i := range 4 {
		users.Go(func() {
			for j := range 30 {
				if err := send(origins[(i+j)%len(origins)]); err != nil {
					t.Error(err)
				}
			}
		})
	}
	users.Wait()
	p.Close()
	for _, i := range []int{0, 1, 0, 2} {
		if err := send(origins[i]); err != nil {
			t.Fatal(err)
		}
	}
	var left []string
	for _, c := range p.conns {
		left = append(left, c.Origin.Address)
	}
	if want := fmt.Sprint([]string{origins[0].Address, origins[2].Address}); fmt.Sprint(left) != want {
		t.Errorf("connections rest to %v, want %v", left, want)
	}
}
