package locust

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/internal/locusttest"
)

func TestFetch(t *testing.T) {
	t.Parallel()
	file := map[string]any{"filename": "locustfile.py", "contents": "import locust\n"}
	tests := []struct {
		name   string
		answer []byte
		want   []File
		says   string
	}{
		{"one file", locusttest.Encode("locustfile", map[string]any{"locustfiles": []any{file}}, "n"), []File{{"locustfile.py", "import locust\n"}}, ""},
		{"a URL", locusttest.Encode("locustfile", map[string]any{"locustfiles": []any{"http://x/l.py"}}, "n"), nil, "http://x/l.py"},
		{"the master's own error", locusttest.Encode("locustfile", map[string]any{"error": "must be a full path"}, "n"), nil, "must be a full path"},
		{"none", locusttest.Encode("locustfile", map[string]any{"locustfiles": []any{}}, "n"), nil, "it has none"},
		{"another message", locusttest.Encode("quit", nil, "n"), nil, `"quit"`},
		{"no message", []byte{0xc1}, nil, "not a Locust message"},
		{"silence", nil, nil, "gave up after 5m0s"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				master := locusttest.New()
				if tt.answer != nil {
					time.AfterFunc(2500*time.Millisecond, func() { master.Raw(tt.answer) })
				}
				got, err := Fetch(context.Background(), master, "h_download_1", "2.47.0", 5*time.Minute)
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("files: want -, got +\n%s", diff)
				}
				if (err == nil) != (tt.says == "") || (err != nil && !strings.Contains(err.Error(), tt.says)) {
					t.Errorf("err = %v, want %q in it", err, tt.says)
				}
				asked := master.Take(false)
				if tt.answer != nil && len(asked) != 3 {
					t.Errorf("asked %d times in 2.5 s, want 3", len(asked))
				}
				if diff := cmp.Diff(map[any]any{"version": "2.47.0"}, asked[0].Data); diff != "" {
					t.Errorf("question: want -, got +\n%s", diff)
				}
			})
		})
	}
}

func TestFetchIsCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Fetch(ctx, locusttest.New(), "h_1", "2.47.0", time.Minute); !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v, want context.Canceled", err)
	}
}
