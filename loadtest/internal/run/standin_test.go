package run_test

import (
	"cmp"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/exitcode"
)

// This test binary also plays the programs that a run starts, by the name that it is called with: enough of each to see
// what loadtest does with them where Locust is not installed. internal/e2e runs the real ones.
func TestMain(m *testing.M) {
	switch filepath.Base(os.Args[0]) {
	case "locust":
		os.Exit(standInLocust())
	case "worker":
		os.Exit(standInWorker())
	case "monitor":
		os.Exit(standInMonitor())
	default:
		os.Setenv("GORACE", "atexit_sleep_ms=0 "+os.Getenv("GORACE")) // a second for each stand-in that ends
		os.Exit(m.Run())
	}
}

// argument returns the value after a flag of this process.
func argument(flag string) string {
	for i, arg := range os.Args[:len(os.Args)-1] {
		if arg == flag {
			return os.Args[i+1]
		}
	}
	return ""
}

// asked is closed when the process is asked to end.
func asked() <-chan os.Signal {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	return signals
}

// statistics are what the stand-in master counts. The last of the 42 requests comes in when the users are told to stop.
func statistics(state string) string {
	requests := 41
	if state == "stopped" {
		requests = 42
	}
	return fmt.Sprintf("Type,Name,Request Count,Failure Count,Requests/s,50%%\r\n,Aggregated,%d,0,4.2,7\r\n", requests)
}

// standInLocust is a master whose workers are TCP connections. Like Locust's it writes its report only on SIGINT, and
// counts that as its own fault.
func standInLocust() int {
	if os.Args[1] == "--version" {
		fmt.Println("locust", cmp.Or(os.Getenv("STANDIN_VERSION"), "2.47.0"))
		return 0
	}
	if slices.Contains(os.Args, "--worker") {
		return standInPython()
	}
	files := strings.Split(argument("-f"), ",")
	plugin, err := os.ReadFile(files[len(files)-1])
	fmt.Printf("files %d, the last begins with %.20q %v, %s %s|%s|%s|%s\n", len(files), plugin, err, files[len(files)-1],
		os.Getenv("GREGARIA_METRICS"), os.Getenv("GREGARIA_MONITORS"), os.Getenv("GREGARIA_MONITOR_TOKEN"), os.Getenv("GREGARIA_TIMINGS"))
	if os.Getenv("STANDIN_MASTER") == "import error" {
		fmt.Println("ModuleNotFoundError: No module named 'numpy'")
		return 1
	}
	if timings := os.Getenv("GREGARIA_TIMINGS"); timings != "" {
		os.WriteFile(timings, []byte("header\n"), 0o644)
	}
	var workers atomic.Int32
	var state atomic.Value
	state.Store("ready")
	listener, err := net.Listen("tcp", "127.0.0.1:"+argument("--master-bind-port"))
	if err != nil {
		return 1
	}
	go func() {
		for {
			if _, err := listener.Accept(); err == nil {
				workers.Add(1)
			}
		}
	}()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /worker-count", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"worker_count":%d}`, workers.Load())
	})
	var users atomic.Value
	users.Store("0")
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<script>window.templateArgs = {"hide_common_options": %v}`, os.Getenv("STANDIN_MASTER") == "shape")
	})
	mux.HandleFunc("POST /swarm", func(w http.ResponseWriter, r *http.Request) {
		fmt.Println("swarm of", r.FormValue("user_count"), "from", state.Load())
		users.Store(r.FormValue("user_count"))
		state.Store("running")
		if os.Getenv("STANDIN_MASTER") == "shape of old" {
			fmt.Fprint(w, `{"success":true,"message":"Swarming started using shape class"}`)
			return
		}
		if os.Getenv("STANDIN_MASTER") == "ends early" {
			state.Store("stopped")
		}
		fmt.Fprint(w, `{"success":true}`)
	})
	mux.HandleFunc("GET /stats/requests", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"state":%q,"user_count":%s,"stats":[{"name":"Aggregated","num_requests":41}],"workers":[{"id":"w1","state":"running","user_count":3,"cpu_usage":12.5}]}`,
			state.Load(), users.Load())
	})
	mux.HandleFunc("POST /stop", func(http.ResponseWriter, *http.Request) { state.Store("stopped") })
	mux.HandleFunc("GET /stats/requests/csv", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, statistics(state.Load().(string)))
	})
	mux.HandleFunc("GET /stats/report", func(w http.ResponseWriter, r *http.Request) {
		if os.Getenv("STANDIN_MASTER") == "no report" {
			http.Error(w, "out of memory", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Disposition", "attachment;filename=Locust.html")
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<html>asked for "+r.FormValue("download"))
	})
	go http.ListenAndServe("127.0.0.1:"+argument("--web-port"), mux)
	signal, code := <-asked(), 0
	if signal == os.Interrupt {
		code = 2
		os.WriteFile(argument("--html"), []byte("<html>by the master"), 0o644)
	}
	for _, suffix := range []string{"_stats_history.csv", "_failures.csv", "_exceptions.csv"} {
		os.WriteFile(argument("--csv")+suffix, []byte("header\r\n"), 0o644)
	}
	os.WriteFile(argument("--csv")+"_stats.csv", []byte("Type,Name\r\n"), 0o644) // a second behind: loadtest puts it right
	fmt.Println("statistics written")
	return code
}

// standInPython is a worker of Locust's own.
func standInPython() int {
	ended := asked()
	if _, err := net.Dial("tcp", argument("--master-host")+":"+argument("--master-port")); err != nil {
		return 1
	}
	<-ended
	return 0
}

// standInWorker connects, unless it is told not to.
func standInWorker() int {
	if slices.Contains(os.Args, "--check") {
		if argument("--stream-data") == "$.a[" {
			fmt.Fprintln(os.Stderr, "worker: --stream-data: no path")
			return exitcode.Usage
		}
		if os.Getenv("STANDIN_WORKER") == "cannot" {
			fmt.Println("l.py:3: warning: 1 request has no timeout=")
			fmt.Println("l.py:1: import of zmq: this worker has no such module; run this file on a Python worker (locust -f FILE --worker)")
			fmt.Println("l.py:2: import of numpy: this worker has no such module")
			return 1
		}
		return exitcode.OK
	}
	fmt.Println("stream data", argument("--stream-data"))
	ended := asked()
	switch os.Getenv("STANDIN_WORKER") {
	case "never connects":
		<-ended
		return 0
	case "breaks":
		fmt.Fprintln(os.Stderr, "no libczmq")
		return 1
	}
	fmt.Println("arguments", os.Args[1:], os.Getenv("GREGARIA_REQUEST_LOG"))
	if path := argument("--request-log"); path != "" {
		os.WriteFile(path, []byte("{\"timestamp\":2.000000,\"n\":1}\n{\"timestamp\":1.000000,\"n\":2}\n{\"timest"), 0o644)
	}
	workers, _ := strconv.Atoi(argument("--processes"))
	for range workers {
		if _, err := net.Dial("tcp", argument("--master-host")+":"+argument("--master-port")); err != nil {
			return 1
		}
	}
	fmt.Println("connected")
	if os.Getenv("STANDIN_WORKER") == "quits, requests lost" {
		time.Sleep(2 * time.Second) // the load has begun
		fmt.Println("Got quit message from master, shutting down...")
		fmt.Println("worker: 3 lines of 5 are lost")
		return 5
	}
	<-ended
	fmt.Println("last report sent")
	if os.Getenv("STANDIN_WORKER") == "requests lost" {
		fmt.Println("worker: 3 lines of 5 are lost")
		return 5
	}
	return 0
}

// standInMonitor writes one row.
func standInMonitor() int {
	if slices.Contains(os.Args, "--list-series") {
		fmt.Println("in_flight\npool_used")
		if strings.HasSuffix(os.Getenv("GREGARIA_MONITOR_SCRAPE"), "gone") {
			fmt.Fprintln(os.Stderr, "monitor: --scrape: http://api/gone: connection refused")
			return exitcode.NotReady
		}
		return 0
	}
	ended := asked()
	fmt.Println("arguments", os.Args[1:])
	for _, name := range []string{"SCRAPE", "SERIES", "SCRAPE_TOKEN", "INTERVAL", "COLLECT", "GPU"} {
		fmt.Printf("%s=%s\n", name, os.Getenv("GREGARIA_MONITOR_"+name))
	}
	if service := argument("--scrape-output"); service != "" {
		os.WriteFile(service, []byte("Timestamp,target\n"), 0o644)
	}
	row := fmt.Sprintf("Timestamp,CPU_Percent\n%d,50\n", time.Now().Unix())
	if os.WriteFile(argument("--output"), []byte(row), 0o644) != nil || os.Getenv("STANDIN_MONITOR") == "disk full" {
		fmt.Println("no space left on device")
		return 5
	}
	if port := argument("--port"); port != "" {
		fmt.Println("monitor: watching server (pid 7): server --port " + port)
	}
	<-ended
	if os.Getenv("STANDIN_MONITOR") == "file deleted" {
		fmt.Println("the file was deleted")
		return 5
	}
	fmt.Println("closed")
	return 0
}
