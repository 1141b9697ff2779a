// Users who are held to a rate together.
package main

import (
	"flag"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/myzhan/boomer"
	"github.com/valyala/fasthttp"
)

var (
	url    = flag.String("url", "", "URL of the server")
	port   = flag.Int("port", 5557, "port of the master")
	rate   = flag.Int64("rate", 1000, "requests a second")
	client = &fasthttp.Client{MaxConnsPerHost: 2000}
	worker *boomer.Boomer
)

func page() {
	began := time.Now()
	status, body, err := client.Get(nil, *url+"/page")
	took := time.Since(began).Milliseconds()
	if err != nil || status != fasthttp.StatusOK {
		worker.RecordFailure("GET", "/page", took, "no page")
		return
	}
	worker.RecordSuccess("GET", "/page", took, int64(len(body)))
}

func main() {
	flag.Parse()
	worker = boomer.NewBoomer("127.0.0.1", *port).WithLogger(log.Default())
	var limiter boomer.RateLimiter = boomer.NewStableRateLimiter(*rate, time.Second)
	worker.SetRateLimiter(limiter)
	quit := make(chan struct{})
	_ = boomer.Events.SubscribeOnce(boomer.EVENT_QUIT, func() { close(quit) })
	worker.Run(&boomer.Task{Name: "page", Fn: page})
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGINT, syscall.SIGTERM)
	select {
	case <-c:
		worker.Quit()
	case <-quit:
	}
}
