package boomer_test

import (
	"fmt"
	"sync/atomic"
	"time"

	boomer "gregaria/worker/boomer"
)

// Without a master, a Boomer runs until Quit; what the tasks record goes to the outputs.
func ExampleNewStandaloneBoomer() {
	b := boomer.NewStandaloneBoomer(2, 10)
	b.AddOutput(total{})
	var done atomic.Int32
	go b.Run(&boomer.Task{Name: "story", Fn: func() {
		if done.Add(1) > 6 { // enough: wait for the end
			time.Sleep(10 * time.Millisecond)
			return
		}
		b.RecordSuccessDuration("POST", "/api/v1/story", 250*time.Microsecond, 1024)
	}})
	time.Sleep(300 * time.Millisecond)
	b.Quit()
	// Output: 6 requests
}

// total is an output.
type total struct{}

func (total) OnStart() {}
func (total) OnStop()  {}
func (total) OnEvent(data map[string]interface{}) {
	fmt.Println(data["stats_total"].(map[string]interface{})["num_requests"], "requests")
}
