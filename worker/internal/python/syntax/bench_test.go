package syntax

import (
	"os"
	"runtime"
	"testing"
)

// The benchmarks read one module that comes with the worker, whole and late. live-B is how much of the heap its tree keeps.
func BenchmarkParse(b *testing.B)     { bench(b, Parse) }
func BenchmarkParseLate(b *testing.B) { bench(b, ParseLate) }

func bench(b *testing.B, parse func(file string, source []byte) (*Module, error)) {
	const file = "../../extra/py/argparse.py"
	source, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.SetBytes(int64(len(source)))
	var last *Module
	for b.Loop() {
		if last, err = parse(file, source); err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	with := live()
	runtime.KeepAlive(last)
	b.ReportMetric(float64(with-live()), "live-B")
}

// live is how much of the heap is referred to.
func live() int64 {
	runtime.GC()
	runtime.GC() // what the first one left to finalizers
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
