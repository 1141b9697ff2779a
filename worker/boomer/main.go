package boomer

import (
	"flag"
	"log"
	"maps"
	"math"
	"os"
	"os/signal"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// standard is the Boomer of the functions that have none.
var standard = NewBoomer("127.0.0.1", 5557)

// Run is a whole program: it reads the flags, connects to the master they name, does the tasks, and returns when the master
// says quit or is gone, or a SIGINT or SIGTERM has ended it; a second one ends the process at once.
//
// The flags are boomer's: --master-host, --master-port, --max-rps, --request-increase-rate, --run-tasks (do these tasks once,
// without a master), --cpu-profile, --cpu-profile-duration, --mem-profile, --mem-profile-duration. GREGARIA_REQUEST_LOG and other
// variables are this package's, see docs/boomer.md; with a value that is wrong the program ends, exit code 2.
func Run(tasks ...*Task) { runProgram(tasks, func(b *Boomer) { b.Run(tasks...) }) }

// RunClasses is Run for user classes that do different things: see Boomer.RunClasses. boomer does not have it.
func RunClasses(classes map[string][]*Task) {
	runProgram(slices.Concat(slices.Collect(maps.Values(classes))...), func(b *Boomer) { b.RunClasses(classes) })
}

// runProgram is the program around begin.
func runProgram(tasks []*Task, begin func(*Boomer)) {
	if !flag.Parsed() {
		flag.Parse()
	}
	if names := text("run-tasks"); names != "" {
		if os.Getenv(requestLog) != "" {
			log.Printf("%s is not obeyed: --run-tasks counts no requests", requestLog)
		}
		runOnce(strings.Split(names, ","), tasks)
		return
	}
	limit, err := limiter(number("max-rps"), text("request-increase-rate"))
	if err != nil {
		log.Fatalf("%v\n", err)
	}
	b := standard
	b.SetRateLimiter(limit)
	b.spec.host, b.spec.port = text("master-host"), int(number("master-port"))
	b.EnableMemoryProfile(text("mem-profile"), duration("mem-profile-duration"))
	b.EnableCPUProfile(text("cpu-profile"), duration("cpu-profile-duration"))
	b.refused = func(err error) {
		log.Println(err)
		os.Exit(journalCode(err))
	}
	listenToLegacy()
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	begin(b)
	go func() {
		<-signals
		signal.Stop(signals)
		b.Quit()
	}()
	_ = b.Wait() // it has been logged
	log.Println("shutdown")
}

// RecordSuccess records for the Boomer of Run: see Boomer.RecordSuccess.
func RecordSuccess(requestType, name string, responseTime int64, responseLength int64) {
	standard.RecordSuccess(requestType, name, responseTime, responseLength)
}

// RecordFailure records for the Boomer of Run: see Boomer.RecordFailure.
func RecordFailure(requestType, name string, responseTime int64, exception string) {
	standard.RecordFailure(requestType, name, responseTime, exception)
}

// RecordSuccessDuration records for the Boomer of Run: see Boomer.RecordSuccessDuration. boomer does not have it.
func RecordSuccessDuration(requestType, name string, responseTime time.Duration, responseLength int64) {
	standard.RecordSuccessDuration(requestType, name, responseTime, responseLength)
}

// RecordFailureDuration records for the Boomer of Run: see Boomer.RecordFailureDuration. boomer does not have it.
func RecordFailureDuration(requestType, name string, responseTime time.Duration, responseLength int64, exception string) {
	standard.RecordFailureDuration(requestType, name, responseTime, responseLength, exception)
}

// Stopping is that of the Boomer of Run: see Boomer.Stopping. boomer does not have it.
func Stopping() <-chan struct{} { return standard.Stopping() }

// runOnce does the tasks of these names, once.
func runOnce(names []string, tasks []*Task) {
	for _, t := range tasks {
		if t.Name != "" && slices.Contains(names, t.Name) {
			log.Println("Running " + t.Name)
			t.Fn()
		}
	}
}

// limiter is what the flags ask for, or nil.
func limiter(maxRPS int64, increase string) (RateLimiter, error) {
	switch {
	case increase != "-1" && maxRPS > 0:
		log.Println("The max RPS that boomer may generate is limited to", maxRPS, "with a increase rate", increase)
		return ramp(maxRPS, increase)
	case increase != "-1":
		log.Println("The max RPS that boomer may generate is limited by a increase rate", increase)
		return ramp(math.MaxInt64, increase)
	case maxRPS > 0:
		log.Println("The max RPS that boomer may generate is limited to", maxRPS)
		return NewStableRateLimiter(maxRPS, time.Second), nil
	}
	return nil, nil
}

func ramp(maxRPS int64, increase string) (RateLimiter, error) {
	limit, err := NewRampUpRateLimiter(maxRPS, increase, time.Second)
	if err != nil {
		return nil, err // not limit, which would be a RateLimiter that is not nil
	}
	return limit, nil
}

// The flags are defined by boomer, which this package imports; their values are read here.

func value(name string) any { return flag.Lookup(name).Value.(flag.Getter).Get() }

func text(name string) string { return value(name).(string) }

func duration(name string) time.Duration { return value(name).(time.Duration) }

func number(name string) int64 {
	switch n := value(name).(type) {
	case int:
		return int64(n)
	case int64:
		return n
	}
	return 0
}

// legacy makes sure that the events of old programs are listened to once.
var legacy sync.Once

// listenToLegacy takes requests that are published as events, which boomer calls deprecated.
func listenToLegacy() {
	legacy.Do(func() {
		_ = Events.Subscribe("request_success", func(requestType, name string, responseTime interface{}, length int64) {
			RecordSuccessDuration(requestType, name, legacyTime(responseTime), length)
		})
		_ = Events.Subscribe("request_failure", func(requestType, name string, responseTime interface{}, exception string) {
			RecordFailureDuration(requestType, name, legacyTime(responseTime), 0, exception)
		})
	})
}

// legacyTime reads milliseconds, an int64 or a float64.
func legacyTime(v any) time.Duration {
	if f, ok := v.(float64); ok {
		return time.Duration(f * float64(time.Millisecond))
	}
	return milliseconds(v.(int64))
}
