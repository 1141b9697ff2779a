// Command benchboomer is the load of benchworker written against boomer, with fasthttp: a peer for the benchmarks.
package main

import (
	"os"
	"time"

	"github.com/myzhan/boomer"
	"github.com/valyala/fasthttp"
)

func main() {
	client := &fasthttp.Client{MaxConnsPerHost: 1 << 20}
	host := os.Getenv("BENCH_HOST")
	boomer.Run(&boomer.Task{Name: "health", Weight: 1, Fn: func() {
		req, resp := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
		defer fasthttp.ReleaseRequest(req)
		defer fasthttp.ReleaseResponse(resp)
		req.SetRequestURI(host + "/health")
		began := time.Now()
		err := client.Do(req, resp)
		took := time.Since(began).Milliseconds()
		if err != nil {
			boomer.RecordFailure("GET", "/health", took, err.Error())
			return
		}
		boomer.RecordSuccess("GET", "/health", took, int64(len(resp.Body())))
	}})
}
