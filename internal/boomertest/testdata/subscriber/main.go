// Users who subscribe: each reads what comes on its connection, for as long as it takes and without an end.
package main

import (
	"flag"
	"io"
	"log"
	"net"
	"time"

	"github.com/myzhan/boomer"
)

var address = flag.String("address", "", "host:port of an echo server")

// publish makes something come every 50 ms, until the connection is closed.
func publish(conn net.Conn) {
	for {
		if _, err := conn.Write([]byte("hello")); err != nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func subscribe() {
	conn, err := net.Dial("tcp", *address)
	if err != nil {
		log.Println(err)
		return
	}
	defer conn.Close()
	go publish(conn)
	message := make([]byte, 5)
	for {
		began := time.Now()
		if _, err := io.ReadFull(conn, message); err != nil {
			log.Println(err)
			return
		}
		boomer.RecordSuccess("tcp", "echo", time.Since(began).Milliseconds(), 5)
	}
}

func main() {
	boomer.Run(&boomer.Task{Name: "subscribe", Fn: subscribe})
}
