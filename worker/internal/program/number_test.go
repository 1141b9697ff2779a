package program

import (
	"testing"

	"gregaria/worker/internal/locust"
)

func TestNumber(t *testing.T) {
	t.Parallel()
	told := -2
	c := locust.Config{Acknowledged: func(n int) { told = n }}
	index := number(&c)
	if index() != -1 {
		t.Errorf("index before the first ack = %d, want -1", index())
	}
	for _, n := range []int{3, 0} {
		if c.Acknowledged(n); index() != n || told != n {
			t.Errorf("index after the ack with %d = %d, and who was to be told heard %d", n, index(), told)
		}
	}
	c = locust.Config{}
	index = number(&c)
	if c.Acknowledged(1); index() != 1 {
		t.Errorf("index with nobody else to tell = %d, want 1", index())
	}
}
