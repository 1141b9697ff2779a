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
	name := flag.String("limit", "nothing", "what is limited: "+limited.Names())
	address := flag.String("listen", "127.0.0.1:8000", "address to listen on")
	work := flag.Duration("work", 25*time.Millisecond, "how much of it a request takes")
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
	listener, err := limit.Listen(*address, *work)
	if err != nil {
		return err
	}
	fmt.Printf("%s: %s\n", listener.Addr(), limit.What)
	server := http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}
	return server.Serve(listener)
}
