package boomer

import (
	"io"
	"log"
	"runtime"
	"testing"

	"github.com/myzhan/boomer"
)

// BenchmarkRecordSuccess measures one record among users on all cores, beside boomer's.
func BenchmarkRecordSuccess(b *testing.B) {
	quiet := log.New(io.Discard, "", 0)
	mine, theirs := NewStandaloneBoomer(0, 0).WithLogger(quiet), boomer.NewStandaloneBoomer(0, 0).WithLogger(quiet)
	idle := func() {}
	go mine.Run(&Task{Fn: idle})
	go theirs.Run(&boomer.Task{Fn: idle})
	for mine.run.Load() == nil {
		runtime.Gosched()
	}
	for _, side := range []struct {
		name   string
		record func(requestType, name string, responseTime, responseLength int64)
	}{{"ours", mine.RecordSuccess}, {"boomer", theirs.RecordSuccess}} {
		b.Run(side.name, func(b *testing.B) {
			b.ReportAllocs()
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					side.record("GET", "/api/v1/story", 12, 1024)
				}
			})
		})
	}
	mine.Quit()
	theirs.Quit()
}
