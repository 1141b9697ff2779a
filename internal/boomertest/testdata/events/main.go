// A program that listens to what happens, and has an output of its own beside the console.
package main

import (
	"flag"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/myzhan/boomer"
)

var (
	url    = flag.String("url", "", "URL of the server")
	port   = flag.Int("port", 5557, "port of the master")
	client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 2000}}
	worker *boomer.Boomer
)

// sums is an output that counts.
type sums struct{ requests int64 }

func (s *sums) OnStart() { log.Println("output: start") }

func (s *sums) OnEvent(data map[string]interface{}) {
	for _, row := range data["stats"].([]interface{}) {
		s.requests += row.(map[string]interface{})["num_requests"].(int64)
	}
}

func (s *sums) OnStop() { log.Println("output: stop after", s.requests, "requests") }

func page() {
	began := time.Now()
	response, err := client.Get(*url + "/page")
	if err != nil {
		worker.RecordFailure("GET", "/page", time.Since(began).Milliseconds(), err.Error())
		return
	}
	_ = response.Body.Close()
	worker.RecordSuccess("GET", "/page", time.Since(began).Milliseconds(), response.ContentLength)
}

func main() {
	log.SetFlags(0)
	flag.Parse()
	quit := make(chan struct{})
	_ = boomer.Events.Subscribe(boomer.EVENT_CONNECTED, func() { log.Println("event: connected") })
	_ = boomer.Events.Subscribe(boomer.EVENT_SPAWN, func(n int, _ float64) { log.Println("event: spawn", n) })
	_ = boomer.Events.Subscribe(boomer.EVENT_STOP, func() { log.Println("event: stop") })
	_ = boomer.Events.SubscribeOnce(boomer.EVENT_QUIT, func() {
		log.Println("event: quit")
		close(quit)
	})
	worker = boomer.NewBoomer("127.0.0.1", *port)
	worker.AddOutput(boomer.NewConsoleOutput())
	worker.AddOutput(&sums{})
	worker.Run(&boomer.Task{Name: "page", Fn: page})
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGINT, syscall.SIGTERM)
	select {
	case <-c:
		worker.Quit()
	case <-quit:
	}
}
