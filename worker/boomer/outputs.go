package boomer

import (
	"fmt"
	"log/slog"
	"math"
	"runtime/debug"
	"sync"
	"time"

	"gregaria/worker/internal/engine"
	"gregaria/worker/internal/stats"
)

// outputTime is how long outputs may take to finish when a Boomer ends.
const outputTime = 3 * time.Second

// outputs hands reports to a Boomer's outputs, one after another and beside everything else: one that hangs delays only
// the others.
type outputs struct {
	all   []Output
	steps *engine.Sequence
	log   *slog.Logger
}

func newOutputs(all []Output, log *slog.Logger) *outputs {
	o := &outputs{all, engine.NewSequence(), log}
	o.each(Output.OnStart)
	return o
}

// event hands a report over. What says that nobody does anything is no event.
func (o *outputs) event(r stats.Report, classes map[string]int) {
	users := 0
	for _, n := range classes {
		users += n
	}
	if len(o.all) == 0 || users == 0 && r.Total.NumRequests == 0 {
		return
	}
	data := outputData(r, users, classes)
	o.each(func(out Output) { out.OnEvent(data) })
}

// each calls all outputs at once and waits for them, in its turn.
func (o *outputs) each(f func(Output)) {
	if len(o.all) == 0 {
		return
	}
	o.steps.Add(func() {
		var wg sync.WaitGroup
		for _, out := range o.all {
			wg.Go(func() {
				defer func() {
					if v := recover(); v != nil {
						o.log.Error(fmt.Sprintf("An output panicked: %v\n%s", v, debug.Stack()))
					}
				}()
				f(out)
			})
		}
		wg.Wait()
	})
}

// close calls OnStop after everything before it.
func (o *outputs) close() {
	o.each(Output.OnStop)
	if !o.steps.Close(outputTime) {
		o.log.Warn(fmt.Sprintf("An output was not done within %v: going on without it", outputTime))
	}
}

// outputData is a report in boomer's form: response times are whole milliseconds, times whole seconds.
func outputData(r stats.Report, users int, classes map[string]int) map[string]interface{} {
	rows := make([]interface{}, len(r.Stats))
	for i := range r.Stats {
		rows[i] = outputRow(&r.Stats[i])
	}
	failures := map[string]map[string]interface{}{}
	for key, e := range r.Errors {
		failures[key] = map[string]interface{}{
			"name": e.Name, "method": e.Method, "error": e.Error, "occurrences": e.Occurrences,
		}
	}
	counts := map[string]int64{}
	for class, n := range classes {
		counts[class] = int64(n)
	}
	total := outputRow(&r.Total)
	total["name"] = "Total"
	return map[string]interface{}{
		"stats": rows, "stats_total": total, "errors": failures,
		"user_count": int32(users), "user_classes_count": counts,
	}
}

func outputRow(e *stats.Entry) map[string]interface{} {
	return map[string]interface{}{
		"name": e.Name, "method": e.Method,
		"start_time": int64(e.StartTime), "last_request_timestamp": whole(e.LastRequestTimestamp, math.Floor),
		"num_requests": e.NumRequests, "num_none_requests": int(e.NumNoneRequests), "num_failures": e.NumFailures,
		"total_response_time": int64(math.Round(e.TotalResponseTime.Float64())),
		"min_response_time":   least(e.MinResponseTime), "max_response_time": int64(math.Round(e.MaxResponseTime.Float64())),
		"total_content_length": int64(e.TotalContentLength.Float64()), "response_times": buckets(e.ResponseTimes),
		"num_reqs_per_sec": copied(e.NumReqsPerSec), "num_fail_per_sec": copied(e.NumFailPerSec),
	}
}

// whole is a number that may not exist, which is 0 for boomer.
func whole(v *float64, round func(float64) float64) int64 {
	if v == nil {
		return 0
	}
	return int64(round(*v))
}

func least(v *stats.Number) int64 {
	if v == nil {
		return 0
	}
	return int64(math.Round(v.Float64()))
}

func buckets(from map[int]int64) map[int64]int64 {
	out := make(map[int64]int64, len(from))
	for k, n := range from {
		out[int64(k)] = n
	}
	return out
}

func copied(from map[int64]int64) map[int64]int64 {
	out := make(map[int64]int64, len(from))
	for k, n := range from {
		out[k] = n
	}
	return out
}
