package logging

import (
	"bytes"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"testing"
)

func TestLineIsLocusts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		log  func(*slog.Logger)
		want string
	}{
		{func(l *slog.Logger) { l.Info("ready") }, `INFO/gregaria.worker: ready`},
		{func(l *slog.Logger) { l.Warn("silent") }, `WARNING/gregaria.worker: silent`},
		{func(l *slog.Logger) { l.With("class", "A").Error("bad", "n", 2) }, `ERROR/gregaria.worker: bad class=A n=2`},
		{func(l *slog.Logger) { l.WithGroup("g").Info("grouped") }, `INFO/gregaria.worker: grouped`},
	}
	for _, tt := range tests {
		var out bytes.Buffer
		tt.log(slog.New(New(&out, "host", slog.LevelInfo)))
		want := regexp.MustCompile(`^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}\] host/` + regexp.QuoteMeta(tt.want) + "\n$")
		if !want.MatchString(out.String()) {
			t.Errorf("line = %q, want %s", out.String(), want)
		}
	}
}

func TestLinesAreText(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"é \xff\xfe\nmore": `é \xff\xfe` + "\nmore",
		"\uFFFD stays":     "\uFFFD stays",
		"cut off: \xc3":    `cut off: \xc3`,
	} {
		if got := readable(line); got != want {
			t.Errorf("readable(%q) = %q, want %q", line, got, want)
		}
	}
}

func TestLevel(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	slog.New(New(&out, "host", slog.LevelWarn)).Info("quiet")
	if out.Len() > 0 {
		t.Errorf("at level WARNING an INFO line is written: %q", out.String())
	}
}

func TestLastLinesAreKept(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	h := New(&out, "host", slog.LevelInfo)
	log := slog.New(h)
	for i := range 700 {
		log.Info(fmt.Sprint("line ", i))
	}
	lines, total := h.Lines()
	if len(lines) != 500 || total != 700 || !strings.HasSuffix(lines[0], "line 200") || !strings.HasSuffix(lines[499], "line 699") {
		t.Errorf("%d lines of %d, from %q, want the last 500 of 700", len(lines), total, lines[0])
	}
}

// TestFork has two workers of one process: what was said before them is in both logs, what each says in its own, all of it in
// the output.
func TestFork(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	h := New(&out, "host", slog.LevelInfo)
	slog.New(h).Info("before")
	a, b := h.Fork(), h.Fork()
	slog.New(a).Info("from a")
	slog.New(b.Named("root")).Info("from b")
	for _, c := range []struct {
		h    *Handler
		want []string
	}{{h, []string{"before"}}, {a, []string{"before", "from a"}}, {b, []string{"before", "from b"}}} {
		lines, total := c.h.Lines()
		if total != len(c.want) || len(lines) != len(c.want) {
			t.Fatalf("Lines = %q, %d, want %q", lines, total, c.want)
		}
		for i, want := range c.want {
			if !strings.HasSuffix(lines[i], ": "+want) {
				t.Errorf("line %d = %q, want %q", i, lines[i], want)
			}
		}
	}
	if n := strings.Count(out.String(), "\n"); n != 3 {
		t.Errorf("%d lines written, want 3:\n%s", n, out.String())
	}
}
