// Users who ask for a page over fasthttp, and users who post to another one, three times as seldom.
package main

import (
	"flag"
	"time"

	"github.com/myzhan/boomer"
	"github.com/valyala/fasthttp"
)

var (
	url    = flag.String("url", "", "URL of the server")
	client = &fasthttp.Client{MaxConnsPerHost: 2000}
)

func do(method, path string, body []byte) {
	request, response := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(request)
	defer fasthttp.ReleaseResponse(response)
	request.Header.SetMethod(method)
	request.SetRequestURI(*url + path)
	request.SetBody(body)
	began := boomer.Now()
	switch err := client.DoTimeout(request, response, 10*time.Second); {
	case err != nil:
		boomer.RecordFailure(method, path, boomer.Now()-began, err.Error())
	case response.StatusCode() != fasthttp.StatusOK:
		boomer.RecordFailure(method, path, boomer.Now()-began, string(response.Header.StatusMessage()))
	default:
		boomer.RecordSuccess(method, path, boomer.Now()-began, int64(len(response.Body())))
	}
}

func main() {
	boomer.Run(
		&boomer.Task{Name: "read", Weight: 3, Fn: func() { do("GET", "/read", nil) }},
		&boomer.Task{Name: "write", Weight: 1, Fn: func() { do("POST", "/write", []byte("a story")) }},
	)
}
