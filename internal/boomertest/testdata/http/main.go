// Users who ask for a page over net/http.
package main

import (
	"flag"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/myzhan/boomer"
)

var (
	url    = flag.String("url", "", "URL of the page")
	client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 2000}, Timeout: 10 * time.Second}
)

func page() {
	began := time.Now()
	response, err := client.Get(*url + "/http")
	if err != nil {
		boomer.RecordFailure("http", "error", time.Since(began).Milliseconds(), err.Error())
		return
	}
	defer response.Body.Close()
	n, err := io.Copy(io.Discard, response.Body)
	took := time.Since(began).Milliseconds()
	if err != nil || response.StatusCode != http.StatusOK {
		boomer.RecordFailure("GET", "/http", took, "status "+strconv.Itoa(response.StatusCode))
		return
	}
	boomer.RecordSuccess("GET", "/http", took, n)
}

func main() {
	flag.Parse()
	boomer.Run(&boomer.Task{Name: "page", Weight: 10, Fn: page})
}
