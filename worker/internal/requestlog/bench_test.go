package requestlog

import (
	"io"
	"log/slog"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"gregaria/worker/user"
)

// nowhere counts nothing.
type nowhere struct{}

func (nowhere) Record(user.Request) {}

// address is a URL that was printed before.
type address string

func (a address) String() string { return string(a) }

func typical() user.Request {
	return user.Request{
		Type: "GET", Name: "/api/v1/story/[id]", ResponseTime: 12345678, Length: 4711, End: time.Unix(1_796_021_374, 123_456_789),
		Exchange: user.Exchange{Wait: 9_000_000, Download: 1_000_000, Status: 200, Sent: 212, Received: 4911},
		URL:      address("http://api.example.com:8000/api/v1/story/4711?format=json"),
	}
}

// spent is the CPU time of this process.
func spent() time.Duration {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// BenchmarkRecord is what a request costs its user: the line, and its way to the disk.
func BenchmarkRecord(b *testing.B) {
	for name, c := range map[string]Config{
		"json":   {Path: "requests.jsonl"},
		"csv":    {Path: "requests.csv"},
		"null":   {Path: "/dev/null"},
		"sample": {Path: "requests.jsonl", Share: 0.01},
	} {
		b.Run(name, func(b *testing.B) {
			if c.Path[0] != '/' {
				c.Path = filepath.Join(b.TempDir(), c.Path)
			}
			c.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
			l, err := Open(c)
			if err != nil {
				b.Fatal(err)
			}
			r := l.Worker("host_0123456789abcdef0123456789abcdef", func() int { return 0 }).Recorder("StoryUser", nowhere{})
			q := typical()
			b.ReportAllocs()
			before := spent()
			for b.Loop() {
				r.Record(q)
			}
			_ = l.Close()
			b.ReportMetric(float64(spent()-before)/float64(b.N), "cpu-ns/op") // the writer's, too, and the kernel's
			b.ReportMetric(100*float64(l.lost())/float64(l.lines()+1), "%lost")
		})
	}
}
