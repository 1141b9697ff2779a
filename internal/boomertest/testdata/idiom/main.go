// Subscribers who look whether they are to stop: nothing more is asked for then, what is under way still comes, and a read
// that waits ends.
package main

import (
	"flag"
	"io"
	"log"
	"net"
	"time"

	boomer "gregaria/worker/boomer"
)

var address = flag.String("address", "", "host:port of an echo server")

// publish makes something come every 50 ms, until the user is to stop.
func publish(conn net.Conn, stopping <-chan struct{}) {
	for {
		select {
		case <-stopping:
			_ = conn.SetReadDeadline(time.Now().Add(200 * time.Millisecond))
			return
		case <-time.After(50 * time.Millisecond):
			if _, err := conn.Write([]byte("hello")); err != nil {
				return
			}
		}
	}
}

func subscribe() {
	conn, err := net.Dial("tcp", *address)
	if err != nil {
		log.Println(err)
		return
	}
	defer conn.Close()
	go publish(conn, boomer.Stopping())
	message := make([]byte, 5)
	for {
		began := time.Now()
		if _, err := io.ReadFull(conn, message); err != nil {
			return // the deadline: the user is to stop
		}
		boomer.RecordSuccessDuration("tcp", "echo", time.Since(began), 5)
	}
}

func main() {
	boomer.Run(&boomer.Task{Name: "subscribe", Fn: subscribe})
}
