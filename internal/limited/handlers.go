//go:build linux

package limited

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"time"
)

// cpu works on as many requests as there are cores.
func cpu(work time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		burn(work)
		ok(w)
	})
}

// burn uses so much CPU time of the thread, however long that takes.
func burn(work time.Duration) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	sum := sha256.Sum256(nil)
	for end := threadTime() + work; threadTime() < end; {
		for range 50 {
			sum = sha256.Sum256(sum[:])
		}
	}
}

// thread works on one request after the other, all of them in one thread of the kernel.
func thread(work time.Duration) http.Handler {
	queue := make(chan chan struct{})
	go func() {
		runtime.LockOSThread()
		for done := range queue {
			burn(work)
			close(done)
		}
	}()
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		done := make(chan struct{})
		queue <- done
		<-done
		ok(w)
	})
}

// places waits on n requests at once: a lock is a pool of one.
func places(n int) func(work time.Duration) http.Handler {
	return func(work time.Duration) http.Handler {
		places := make(chan struct{}, n)
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			places <- struct{}{}
			time.Sleep(work)
			<-places
			ok(w)
		})
	}
}

// nothing waits on any number of requests.
func nothing(work time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(work)
		ok(w)
	})
}

// connections asks another server, which takes work for an answer, over at most ten connections. The other server is in this process, where it costs nothing.
func connections(work time.Duration, _ string) (http.Handler, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("open a port for the other server: %w", err)
	}
	other := &http.Server{Handler: nothing(work), ReadHeaderTimeout: time.Minute}
	go func() { _ = other.Serve(listener) }()
	client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: 10, MaxIdleConnsPerHost: 10}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		request, err := http.NewRequestWithContext(r.Context(), http.MethodGet, "http://"+listener.Addr().String(), nil)
		if err == nil {
			var answer *http.Response
			if answer, err = client.Do(request); err == nil {
				_, err = io.Copy(io.Discard, answer.Body)
				_ = answer.Body.Close()
			}
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		ok(w)
	}), nil
}

const megabyte = 1 << 20

// disk writes four megabytes and waits until they are on the disk; how long that takes is the disk's to say.
func disk(_ time.Duration, folder string) (http.Handler, error) {
	data := make([]byte, 4*megabyte)
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		file, err := os.CreateTemp(folder, "limited-*")
		if err == nil {
			_, err = file.Write(data)
			if err == nil {
				err = file.Sync()
			}
			_ = file.Close()
			_ = os.Remove(file.Name())
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		ok(w)
	}), nil
}

func ok(w http.ResponseWriter) { _, _ = io.WriteString(w, "done\n") }
