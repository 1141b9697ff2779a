// A proxy in the manner of boomer's UDP example: goroutines of the program's own send while a test is on, and the users, who
// are there for the master, sleep for good.
package main

import (
	"flag"
	"log"
	"net"
	"sync/atomic"
	"time"

	"github.com/myzhan/boomer"
)

var (
	address = flag.String("address", "", "host:port of an echo server")
	started atomic.Bool
)

func forward() {
	conn, err := net.Dial("udp", *address)
	if err != nil {
		log.Fatalln(err)
	}
	answer := make([]byte, 64)
	for {
		if !started.Load() {
			time.Sleep(time.Millisecond)
			continue
		}
		began := time.Now()
		_, _ = conn.Write([]byte("ping"))
		_ = conn.SetReadDeadline(time.Now().Add(time.Second))
		n, err := conn.Read(answer)
		if err != nil {
			boomer.RecordFailure("udp", "echo", 0, err.Error())
			continue
		}
		boomer.RecordSuccess("udp", "echo", time.Since(began).Milliseconds(), int64(n))
	}
}

func deadend() {
	for {
		time.Sleep(100 * time.Second)
	}
}

func main() {
	flag.Parse()
	_ = boomer.Events.Subscribe(boomer.EVENT_SPAWN, func(int, float64) { started.Store(true) })
	_ = boomer.Events.Subscribe(boomer.EVENT_STOP, func() { started.Store(false) })
	for range 20 {
		go forward()
	}
	boomer.Run(&boomer.Task{Name: "udpproxy", Weight: 10, Fn: deadend})
}
