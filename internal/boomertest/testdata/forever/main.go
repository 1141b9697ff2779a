// Users whose task never returns: each sends datagrams and waits for the echo, in a loop without an end.
package main

import (
	"flag"
	"net"
	"time"

	"github.com/myzhan/boomer"
)

var address = flag.String("address", "", "host:port of an echo server")

func ping() {
	conn, err := net.Dial("udp", *address)
	if err != nil {
		boomer.RecordFailure("udp", "dial", 0, err.Error())
		return
	}
	defer conn.Close()
	answer := make([]byte, 64)
	for {
		began := time.Now()
		_ = conn.SetDeadline(began.Add(time.Second))
		_, err := conn.Write([]byte("ping"))
		n := 0
		if err == nil {
			n, err = conn.Read(answer)
		}
		if err != nil {
			boomer.RecordFailure("udp", "echo", time.Since(began).Milliseconds(), err.Error())
			continue
		}
		boomer.RecordSuccess("udp", "echo", time.Since(began).Milliseconds(), int64(n))
	}
}

func main() {
	boomer.Run(&boomer.Task{Name: "udp", Fn: ping})
}
