//go:build linux

package limited

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"
)

// Driver is the file in a limit's folder that says what the GPU does, as the monitor's stub of NVIDIA's driver reads it (monitor/testdata/nvml).
const Driver = "gpu"

// gpu works on one request at a time, on a GPU that there is not: its driver says which part of each second a request was on it.
func gpu(work time.Duration, folder string) (http.Handler, error) {
	var busy atomic.Int64
	path := filepath.Join(folder, Driver)
	if err := say(path, 0); err != nil {
		return nil, err
	}
	go func() {
		for before := time.Now(); ; {
			time.Sleep(time.Second)
			now := time.Now()
			_ = say(path, float64(busy.Swap(0))/float64(now.Sub(before))) // the driver goes on with what it said before
			before = now
		}
	}()
	device := make(chan struct{}, 1)
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		device <- struct{}{}
		began := time.Now()
		time.Sleep(work)
		busy.Add(int64(time.Since(began)))
		<-device
		ok(w)
	}), nil
}

// say writes how busy the GPU is, a share of 1, whole or not at all.
func say(path string, load float64) error {
	text := fmt.Sprintf("count 1\nload %.0f\nused 2.5\ntotal 80\ntemperature 41\npower 70\n", 100*min(1, load))
	if err := os.WriteFile(path+".new", []byte(text), 0o600); err != nil {
		return fmt.Errorf("say how busy the GPU is: %w", err)
	}
	return os.Rename(path+".new", path)
}
