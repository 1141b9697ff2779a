//go:build linux

// Command limited is a server with one bottleneck, to see what an analysis makes of it: internal/limited.
package main

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"time"

	"gregaria/internal/limited"
)

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "limited:", err)
		os.Exit(2)
	}
}

func serve() error {
	name := flag.String("limit", "nothing", "what is limited: cpu, thread, lock, pool, connections, disk, memory or nothing")
	address := flag.String("listen", "127.0.0.1:8000", "address to listen on")
	work := flag.Duration("work", 25*time.Millisecond, "how much of it a request takes")
	backlog := flag.Int("backlog", 0, "places in the queue of connections; 0 for the system's")
	accept := flag.Duration("accept", 0, "time between two connections that are accepted; 0 for as they come")
	folder := flag.String("folder", os.TempDir(), "folder for files")
	flag.Parse()
	limit, err := limited.Named(*name)
	if err != nil {
		return err
	}
	handler, err := limit.Handler(*work, *folder)
	if err != nil {
		return err
	}
	listener, err := limited.Listen(*address, *backlog, *accept)
	if err != nil {
		return err
	}
	fmt.Printf("%s: %s\n", listener.Addr(), limit.What)
	server := http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}
	return server.Serve(listener)
}
