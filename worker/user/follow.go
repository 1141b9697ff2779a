package user

import (
	"fmt"
	"time"
)

// A StreamFollower also hears what streams say, not only when. Follow is asked at the beginning of each: typ, name and url are those of
// its request. It returns who takes the data of each of its events that carries some, and when that came; nil if nobody wants to. The data
// is valid only while it is being taken, and url only while Follow runs.
type StreamFollower interface {
	Follow(typ, name string, url fmt.Stringer) func(data []byte, at time.Time)
}
