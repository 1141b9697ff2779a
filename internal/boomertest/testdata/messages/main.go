// A Boomer of one's own, which answers the questions of the master's locustfile.
package main

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"sync"
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

func answer(m *boomer.CustomMessage) {
	if text, ok := m.Data.([]byte); ok {
		worker.SendCustomMessage("answer", "text "+string(text))
		return
	}
	worker.SendCustomMessage("answer", fmt.Sprintf("%T", m.Data))
}

func waitForQuit() {
	var wg sync.WaitGroup
	wg.Add(1)
	quitByMe := false
	go func() {
		c := make(chan os.Signal, 1)
		signal.Notify(c, syscall.SIGINT, syscall.SIGTERM)
		<-c
		quitByMe = true
		worker.Quit()
		wg.Done()
	}()
	_ = boomer.Events.Subscribe(boomer.EVENT_QUIT, func() {
		if !quitByMe {
			wg.Done()
		}
	})
	wg.Wait()
}

func main() {
	flag.Parse()
	_ = boomer.Events.Subscribe("question", answer)
	worker = boomer.NewBoomer("127.0.0.1", *port)
	worker.Run(&boomer.Task{Name: "page", Weight: 10, Fn: page})
	waitForQuit()
}
