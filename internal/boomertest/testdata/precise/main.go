// The users of fasthttp, whose times are not cut to milliseconds: a call that boomer does not have.
package main

import (
	"flag"
	"time"

	"github.com/valyala/fasthttp"

	boomer "gregaria/worker/boomer"
)

var (
	url    = flag.String("url", "", "URL of the server")
	client = &fasthttp.Client{MaxConnsPerHost: 2000}
)

func page() {
	began := time.Now()
	status, body, err := client.Get(nil, *url+"/page")
	if err != nil || status != fasthttp.StatusOK {
		boomer.RecordFailureDuration("GET", "/page", time.Since(began), int64(len(body)), "no page")
		return
	}
	boomer.RecordSuccessDuration("GET", "/page", time.Since(began), int64(len(body)))
}

func main() { boomer.Run(&boomer.Task{Name: "page", Fn: page}) }
