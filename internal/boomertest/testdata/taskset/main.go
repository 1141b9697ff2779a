// Users whose one task is a set that picks by weight, beside a set that takes turns.
package main

import (
	"flag"
	"net/http"
	"time"

	"github.com/myzhan/boomer"
)

var (
	url    = flag.String("url", "", "URL of the server")
	client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 2000}}
)

func get(path string) func() {
	return func() {
		began := time.Now()
		response, err := client.Get(*url + path)
		if err != nil {
			boomer.RecordFailure("GET", path, time.Since(began).Milliseconds(), err.Error())
			return
		}
		_ = response.Body.Close()
		boomer.RecordSuccess("GET", path, time.Since(began).Milliseconds(), response.ContentLength)
	}
}

func fill(set boomer.TaskSet, weight int, prefix string) *boomer.Task {
	set.SetWeight(weight)
	set.AddTask(&boomer.Task{Name: "A", Weight: 10, Fn: get(prefix + "/a")})
	set.AddTask(&boomer.Task{Name: "B", Weight: 20, Fn: get(prefix + "/b")})
	return &boomer.Task{Name: prefix, Weight: set.GetWeight(), Fn: set.Run}
}

func main() {
	boomer.Run(
		fill(boomer.NewWeighingTaskSet(), 2, "/random"),
		fill(boomer.NewSmoothRoundRobinTaskSet(), 1, "/turns"),
	)
}
