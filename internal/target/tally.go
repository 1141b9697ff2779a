package target

import (
	"maps"
	"sync"
)

// MaxOtherNames bounds the names that are counted apart from the API's own, so that a scanner cannot fill the memory.
// What comes after them is counted as OtherName.
const MaxOtherNames = 100

// OtherName is the name of a request whose own name came after MaxOtherNames others.
const OtherName = "other"

// Served is what a Server has served: the answer of GET /served.
//
// A request is counted when its handler has ended, just before the response is written. So a client that holds a
// response finds it counted; a client that went away in the middle of a request is counted too. The control requests
// (/served, /served/reset, /settings) are not counted, nor is their connection, nor anything that is not valid HTTP.
type Served struct {
	Total       uint64            `json:"total"`
	By          map[string]uint64 `json:"by"`          // method and path, "GET /api/v1/story/[id]"; only what was requested
	Failed      uint64            `json:"failed"`      // responses with a status of 400 or more
	Connections uint64            `json:"connections"` // connections whose first counted request was counted
	Sessions    uint64            `json:"sessions"`    // session cookies given out: one to each request without a valid one
}

// A request is what is counted of one.
type request struct {
	name         string
	failed       bool
	onConnection bool // the first counted one on its connection
	inSession    bool // the first one in its session
}

// A tally counts requests. The zero value is ready.
type tally struct {
	mu     sync.Mutex // guards the rest. One lock for all, so that a snapshot adds up
	served Served
	others int // names in served.By that are not the API's own
}

func (t *tally) add(r request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.served.By == nil {
		t.served.By = make(map[string]uint64)
	}
	t.served.By[t.bounded(r.name)]++
	t.served.Total++
	t.served.Failed += one(r.failed)
	t.served.Connections += one(r.onConnection)
	t.served.Sessions += one(r.inSession)
}

// bounded returns the name to count under: name itself, or OtherName if there are too many. The caller holds mu.
func (t *tally) bounded(name string) string {
	switch name {
	case Health, CreateStory, ReadStory:
		return name
	}
	if _, seen := t.served.By[name]; seen {
		return name
	}
	if t.others == MaxOtherNames {
		return OtherName
	}
	t.others++
	return name
}

func (t *tally) snapshot() Served {
	t.mu.Lock()
	defer t.mu.Unlock()
	served := t.served
	served.By = make(map[string]uint64, len(t.served.By))
	maps.Copy(served.By, t.served.By)
	return served
}

func (t *tally) reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.served, t.others = Served{}, 0
}

func one(yes bool) uint64 {
	if yes {
		return 1
	}
	return 0
}
