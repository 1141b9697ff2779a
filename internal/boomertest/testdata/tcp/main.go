// Users who keep a connection and say hello on it until the test stops, a loop inside the task.
package main

import (
	"flag"
	"io"
	"log"
	"net"
	"sync"
	"time"

	"github.com/myzhan/boomer"
)

var (
	address = flag.String("address", "", "host:port of an echo server")

	mu   sync.Mutex
	stop = make(chan bool)
)

func stopped() chan bool {
	mu.Lock()
	defer mu.Unlock()
	return stop
}

func talk() {
	conn, err := net.Dial("tcp", *address)
	if err != nil {
		log.Println(err)
		return
	}
	defer conn.Close()
	answer := make([]byte, 5)
	for {
		select {
		case <-stopped():
			return
		default:
		}
		began := time.Now()
		_ = conn.SetDeadline(began.Add(time.Second))
		_, err := conn.Write([]byte("hello"))
		if err == nil {
			_, err = io.ReadFull(conn, answer)
		}
		if err != nil {
			boomer.RecordFailure("tcp", "echo", time.Since(began).Milliseconds(), err.Error())
			return
		}
		boomer.RecordSuccess("tcp", "echo", time.Since(began).Milliseconds(), 5)
	}
}

func main() {
	_ = boomer.Events.Subscribe(boomer.EVENT_SPAWN, func(_ int, _ float64) {
		mu.Lock()
		defer mu.Unlock()
		select {
		case <-stop:
			stop = make(chan bool)
		default:
		}
	})
	_ = boomer.Events.Subscribe(boomer.EVENT_STOP, func() { close(stopped()) })
	boomer.Run(&boomer.Task{Name: "tcp", Weight: 10, Fn: talk})
}
