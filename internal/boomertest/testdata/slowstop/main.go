// Users who fetch pages, and a listener that takes its time when the test stops.
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

func page() {
	began := time.Now()
	response, err := client.Get(*url + "/page")
	if err != nil {
		boomer.RecordFailure("GET", "/page", time.Since(began).Milliseconds(), err.Error())
		return
	}
	_ = response.Body.Close()
	boomer.RecordSuccess("GET", "/page", time.Since(began).Milliseconds(), response.ContentLength)
}

func main() {
	_ = boomer.Events.Subscribe(boomer.EVENT_STOP, func() { time.Sleep(100 * time.Millisecond) })
	boomer.Run(&boomer.Task{Name: "page", Fn: page})
}
