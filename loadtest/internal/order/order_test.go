package order

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gregaria/internal/requestline"
)

// An entry is a line: when, and which.
type entry struct{ end, n int }

func (e entry) line(isCSV bool) string {
	if isCSV {
		return fmt.Sprintf("%d.%06d,%d\n", e.end/1e6, e.end%1e6, e.n)
	}
	return fmt.Sprintf(`{"timestamp":%d.%06d,"n":%d}`+"\n", e.end/1e6, e.end%1e6, e.n)
}

func text(entries []entry, isCSV bool) string {
	var b strings.Builder
	if isCSV {
		b.WriteString(requestline.Header())
	}
	for _, e := range entries {
		b.WriteString(e.line(isCSV))
	}
	return b.String()
}

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// wantFile wants a file, and no other beside it.
func wantFile(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || string(got) != want {
		t.Errorf("%s has %d bytes, %v, want %d: %.300q", filepath.Base(path), len(got), err, len(want), got)
	}
	if files, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*")); len(files) != 1 {
		t.Errorf("files = %v, want one", files)
	}
}

// TestFile has lines that are out of order a little, a lot, or not at all, and more runs than are merged at once.
func TestFile(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for _, tt := range []struct {
		reason       string
		n, by        int // how many lines, and by how many places they are out of order
		window, runs int
	}{
		{"none", 0, 0, 1000, 1},
		{"one", 1, 0, 1000, 1},
		{"in order", 1000, 0, 1000, 1},
		{"nearly", 5000, 20, 3000, 1},
		{"by more than the window", 5000, 500, 3000, 0},
		{"not at all", 5000, 5000, 500, 0},
	} {
		var entries []entry
		for i := range tt.n {
			entries = append(entries, entry{1_796_021_374_000_000 + (i+random.IntN(tt.by+1))*500, i}) // two or three of one time
		}
		sorted := slices.Clone(entries)
		slices.SortStableFunc(sorted, func(a, b entry) int { return cmp.Compare(a.end, b.end) })
		for _, name := range []string{"requests.jsonl", "requests.csv"} {
			isCSV := requestline.IsCSV(name)
			path := write(t, name, text(entries, isCSV))
			result, err := sort(t.Context(), path, tt.window)
			if err != nil || result.Lines != int64(tt.n) || result.Half {
				t.Errorf("%s, %s: %+v, %v, want %d lines", tt.reason, name, result, err, tt.n)
			}
			wantFile(t, path, text(sorted, isCSV))
		}
		s := &sorter{path: filepath.Join(t.TempDir(), "x"), window: tt.window}
		if err := s.runs(newReader(t.Context(), strings.NewReader(text(entries, false)))); err != nil || (len(s.files) > 1) != (tt.runs == 0) {
			t.Errorf("%s: %d runs, %v, want one: %v", tt.reason, len(s.files), err, tt.runs == 1)
		}
		if tt.reason == "not at all" && len(s.files) <= most {
			t.Errorf("%d runs, want more than %d, so that merging takes two rounds", len(s.files), most)
		}
	}
}

// TestHalfALine has the file of a worker that was killed.
func TestHalfALine(t *testing.T) {
	t.Parallel()
	entries := []entry{{1e6, 0}, {2e6, 1}}
	path := write(t, "requests.jsonl", text(entries, false)+`{"timestamp":3.0`)
	if result, err := File(t.Context(), path); err != nil || !result.Half || result.Lines != 2 {
		t.Errorf("File = %+v, %v, want two lines and half a one", result, err)
	}
	wantFile(t, path, text(entries, false))
}

// TestLeavesTheFile has what cannot be sorted: it stays as it was.
func TestLeavesTheFile(t *testing.T) {
	t.Parallel()
	many := text(make([]entry, 2*checkEvery), false)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, tt := range []struct {
		name, content string
		ctx           context.Context
		says          string
	}{
		{"requests.jsonl", "{\"timestamp\":1.000000,\"n\":0}\nprecious\n", t.Context(), "line 2: a line does not begin with its time"},
		{"requests.csv", "a,b\n1.000000,2\n", t.Context(), "its first line is not the header"},
		{"requests.jsonl", many, ended, "canceled"},
	} {
		path := write(t, tt.name, tt.content)
		if _, err := File(tt.ctx, path); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("File = %v, want %q", err, tt.says)
		}
		wantFile(t, path, tt.content)
	}
	if _, err := File(t.Context(), filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("File of none = %v", err)
	}
}
