// Two Boomers at once, twice one after another in one process.
package main

import (
	"flag"
	"log"
	"net/http"
	"time"

	boomer "gregaria/worker/boomer"
)

var (
	url  = flag.String("url", "", "URL of the server")
	port = flag.Int("port", 5557, "port of the master")
)

func main() {
	flag.Parse()
	for round := range 2 {
		web, api := boomer.NewBoomer("127.0.0.1", *port), boomer.NewBoomer("127.0.0.1", *port)
		run(web, "/web")
		run(api, "/api")
		time.Sleep(6 * time.Second)
		web.Quit()
		api.Quit()
		log.Println("round", round, "ends")
		time.Sleep(2 * time.Second)
	}
}

func run(b *boomer.Boomer, path string) {
	page := func() {
		began := time.Now()
		response, err := http.Get(*url + path)
		if err != nil {
			b.RecordFailureDuration("GET", path, time.Since(began), 0, err.Error())
			return
		}
		_ = response.Body.Close()
		b.RecordSuccessDuration("GET", path, time.Since(began), response.ContentLength)
	}
	b.Run(&boomer.Task{Name: path, Fn: page})
}
