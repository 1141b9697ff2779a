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
