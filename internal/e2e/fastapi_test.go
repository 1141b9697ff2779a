//go:build e2e

package e2e

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"gregaria/internal/target"
)

// TestFastAPI loads the example API under uvicorn. It counts as the Go target does.
func TestFastAPI(t *testing.T) {
	t.Parallel()
	loadFastAPI(t, storyPython(t), "STORY_LATENCY_MS=50")
}

// TestFastAPIMoviePy makes real videos.
func TestFastAPIMoviePy(t *testing.T) {
	t.Parallel()
	python := os.Getenv("GREGARIA_E2E_MOVIEPY")
	if python == "" {
		t.Skip("GREGARIA_E2E_MOVIEPY does not name a Python with examples/story_api/requirements-moviepy.txt")
	}
	loadFastAPI(t, python, "STORY_RENDER=moviepy")
}

// loadFastAPI runs the API with a Python, loads it and compares the counts.
func loadFastAPI(t *testing.T, python, setting string) {
	t.Helper()
	const users = 10
	base := startStoryAPI(t, python, setting)
	m := startWebMaster(t, base)
	m.startGoWorkers(t, 2)
	m.awaitWorkers(t, 2)
	m.web.swarm(t, users, users)
	m.web.awaitUsers(t, users)
	time.Sleep(8 * time.Second)
	m.web.stop(t)
	served := servedBy(t, base)
	wantEveryName(t, served)
	wantUsers(t, served, users)
	m.web.stats(t).wantServed(t, "CSV of the web UI", served)
	if served.Failed > 0 {
		t.Errorf("failed requests = %d, want none", served.Failed)
	}
}

// startStoryAPI starts examples/story_api and returns its address.
func startStoryAPI(t *testing.T, python string, settings ...string) (base string) {
	t.Helper()
	_, base = startExample(t, python, "story_api", settings...)
	return base
}

// startExample starts an app of the examples under uvicorn, and returns its process and its address.
func startExample(t *testing.T, python, example string, settings ...string) (api *process, base string) {
	t.Helper()
	port := freePort(t)
	api = start(t, command{name: example, path: python, env: settings, args: []string{
		"-m", "uvicorn", "app:app", "--app-dir", repository(t, "examples", example), "--port", port, "--no-access-log",
	}})
	await(t, startLimit, func() error {
		if api.ended() {
			t.Fatalf("%s ended with %v", example, api.cmd.ProcessState)
		}
		connection, err := net.Dial("tcp", "127.0.0.1:"+port) // no request: that would be counted
		if err != nil {
			return err
		}
		return connection.Close()
	})
	return api, "http://127.0.0.1:" + port
}

// servedBy asks a target what it served.
func servedBy(t *testing.T, base string) (served target.Served) {
	t.Helper()
	response, err := http.Get(base + "/served")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil {
		err = json.Unmarshal(body, &served)
	}
	if err != nil {
		t.Fatalf("GET /served = %s, %v", body, err)
	}
	return served
}

// storyPython returns a Python with what the example needs.
func storyPython(t *testing.T) string {
	t.Helper()
	return pythonWith(t, "story-api-venv", repository(t, "examples", "story_api", "requirements.txt"))
}

// making is held by whoever makes an environment for Python.
var making sync.Mutex

// pythonWith returns a Python with some requirements, in an environment that is made once and again when they change.
func pythonWith(t *testing.T, name, requirements string) string {
	t.Helper()
	making.Lock() // tests that run side by side want the same one
	defer making.Unlock()
	venv := repository(t, ".cache", name)
	stamp, python := filepath.Join(venv, "installed.txt"), filepath.Join(venv, "bin", "python")
	want := readFile(t, requirements)
	if got, err := os.ReadFile(stamp); err == nil && bytes.Equal(got, want) {
		return python
	}
	for _, step := range [][]string{
		{"python3", "-m", "venv", "--clear", venv},
		{python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", requirements},
	} {
		if output, err := exec.CommandContext(t.Context(), step[0], step[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", step, err, output)
		}
	}
	// Last: an installation that was cut off begins again.
	if err := os.WriteFile(stamp, want, 0o644); err != nil {
		t.Fatal(err)
	}
	return python
}
