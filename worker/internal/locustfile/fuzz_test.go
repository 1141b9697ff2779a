package locustfile

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"gregaria/worker/user"
)

// FuzzLoad loads arbitrary sources and runs a user of what loads: whatever it does, it ends, with an error of ours or none.
func FuzzLoad(f *testing.F) {
	files, err := filepath.Glob("testdata/traps/*.py")
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte("from locust import *\nclass U(User):\n    @task\n    def t(self):\n        while True: pass\n"))
	f.Add([]byte("from locust import *\nclass U(User):\n    def on_stop(self): self.on_stop()\n    @task\n    def t(self): self.t()\n"))
	f.Add([]byte("from locust import *\nclass U(User):\n    tasks = [TaskSet]\n    wait_time = lambda self: float('nan')\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if reaching.Match(text) {
			t.Skip()
		}
		t.Chdir(t.TempDir())
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		file, err := Load(ctx, Config{
			Sources: []Source{{Path: "locustfile.py", Text: text, Remote: true}}, MaxMemory: 1 << 30, Stdout: io.Discard, Stderr: io.Discard,
			Log: func(slog.Level, string, string) {},
		})
		var load *LoadError
		var exit *ExitError
		if err != nil {
			if !errors.As(err, &load) && !errors.As(err, &exit) && !errors.Is(err, ErrNoUsers) {
				t.Errorf("Load = %v, which is no error of ours", err)
			}
			return
		}
		file.Connect(Link{Recorder: discard{}})
		for _, class := range file.Classes()[:1] {
			live(t, class)
		}
	})
}

// live runs one user for a moment, and then ends its time.
func live(t *testing.T, class user.Class) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	stopping := make(chan struct{})
	env := &user.Env{
		Class: class.Name, Host: "http://127.0.0.1:1", Stopping: stopping, Done: ctx, Recorder: discard{},
		Report: func(user.Exception) {}, Limits: user.NewLimits(time.Millisecond, 3),
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer env.Exit()
		class.Run(ctx, env)
	}()
	time.Sleep(20 * time.Millisecond)
	close(stopping)
	cancel()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Error("the user does not end")
	}
}

type discard struct{}

func (discard) Record(user.Request) {}

// reaching are the words by which a file could reach for what is not its own: the fuzzer must not run that here.
var reaching = regexp.MustCompile(`\b(os|open|shutil|pathlib|tempfile|subprocess|socket|signal|Path|http|https|logging|importlib|__import__)\b`)
