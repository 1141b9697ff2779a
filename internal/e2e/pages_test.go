//go:build e2e

package e2e

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"gregaria/internal/exitcode"
	"gregaria/internal/target"
)

// A sight is a run whose report is looked at: how it is made, with what exit code it ends, and what its page says on any machine.
type sight struct {
	name string
	run  func(t *testing.T) *loadtest
	code int
	says []string
}

// chatUser is a user of startChat who reads streams.
const chatUser = `from locust import HttpUser, between, task

class ChatUser(HttpUser):
    wait_time = between(0.5, 1.5)

    @task
    def chat(self):
        with self.client.post("/v1/chat/completions", json={"stream": True}, stream=True, catch_response=True, timeout=30) as answer:
            for line in answer.iter_lines():
                if line == b"data: [DONE]":
                    break
`

// sights are all kinds of runs that end by themselves within two minutes. That of an hour is made by TestPictures of the report.
func sights() []sight {
	return []sight{
		{"healthy", func(t *testing.T) *loadtest {
			return startLoadtest(t, "--host", startStoryAPI(t, storyPython(t), "STORY_LATENCY_MS=40"), "--users=30", "--spawn-rate=1", "--duration=100s", "--check=p95 < 60s", "--request-log")
		}, exitcode.OK, []string{"passed", "Slowest requests", "CPU of uvicorn"}},
		{"cpu", func(t *testing.T) *loadtest {
			user := "from locust import FastHttpUser, constant, task\n\nclass U(FastHttpUser):\n    wait_time = constant(1)\n    @task\n    def t(self):\n        self.client.get('/', timeout=60)\n"
			return startLoadtestIn(t, map[string]string{"locustfile.py": user}, nil, "--host", startLimited(t, "cpu"), "--users=200", "--spawn-rate=3", "--duration=90s", "--check=gpu0.memory < 95%")
		}, exitcode.Checks, []string{"failed", "not evaluated", "CPU of "}},
		{"leak", func(t *testing.T) *loadtest {
			_, base := startExample(t, storyPython(t), "slow_story", "STORY_MS=2")
			return startLoadtest(t, "--host", base, "--users=20", "--spawn-rate=4", "--duration=110s", "--settle=10s", "--check=process.rss_slope < 1MB/min")
		}, exitcode.Checks, []string{"Memory of uvicorn leaks: ", "per POST /api/v1/story", "stayed", "process.rss_slope < 1MB/min"}},
		{"errors", func(t *testing.T) *loadtest {
			port := freePort(t)
			serve := func() *process {
				return start(t, command{name: "target", path: program("target"), args: []string{"--listen=127.0.0.1:" + port}})
			}
			first := serve()
			await(t, startLimit, func() error { return first.wantOutput("listening on") })
			l := startLoadtest(t, "--host", "http://127.0.0.1:"+port, "--users=40", "--spawn-rate=4", "--duration=75s")
			await(t, time.Minute, func() error { return l.wantOutput("run the load") })
			time.Sleep(30 * time.Second)
			first.signal(syscall.SIGKILL)
			time.Sleep(10 * time.Second)
			serve()
			return l
		}, exitcode.Failed, []string{"ended and was started anew", "Refused connections", "errors begin"}},
		{"two GPUs", func(t *testing.T) *loadtest {
			return startLoadtestIn(t, map[string]string{"locustfile.py": string(readFile(t, repository(t, "locustfile.py")))}, stubGPUs(t, "count 2\n0.load 97\n1.load 31\nused 60\ntotal 80\ntemperature 61\npower 310\nlimit 350\n"),
				"--host", startStoryAPI(t, storyPython(t), "STORY_LATENCY_MS=300"), "--users=40", "--spawn-rate=2", "--duration=60s")
		}, exitcode.OK, []string{"GPU 0, steady", "GPU 1, power"}},
		{"streams", func(t *testing.T) *loadtest {
			return startLoadtestIn(t, map[string]string{"locustfile.py": chatUser}, nil, "--host", startChat(t).URL, "--users=30", "--spawn-rate=1", "--duration=60s")
		}, exitcode.OK, []string{"first event p95", "Time to the end of streams", "STREAM /v1/chat/completions"}},
		{"died", func(t *testing.T) *loadtest {
			server := startTarget(t, target.Settings{})
			l := startLoadtest(t, "--host", server.URL(), "--users=40", "--spawn-rate=4", "--duration=90s")
			l.awaitLoad(t, server)
			time.Sleep(40 * time.Second)
			if err := syscall.Kill(find(t, l.children(t), "--master ").pid, syscall.SIGKILL); err != nil {
				t.Fatal(err)
			}
			return l
		}, exitcode.Died, []string{"incomplete", "master was ended by a signal", "ended early"}},
		{"no monitor", func(t *testing.T) *loadtest {
			l := &loadtest{dir: t.TempDir()}
			stock := start(t, command{name: "stock Locust", path: locust(t), args: []string{
				"-f", repository(t, "locustfile.py"), "--headless", "-u", "30", "-r", "1", "-t", "60s", "--host", startTarget(t, healthy()).URL(), "--csv", filepath.Join(l.dir, "run"), "--csv-full-history",
			}})
			stock.wantExit(t, exitcode.OK, 2*time.Minute)
			l.process = start(t, command{name: "loadtest report", path: program("loadtest"), args: []string{"report", l.dir}})
			return l
		}, exitcode.OK, []string{"no monitor ran beside this load", "Percentiles are those of Locust."}},
	}
}

// TestPages makes the report of each kind of run, and leaves pictures of it in the folder GREGARIA_E2E_SHOTS: light, dark, 390 px wide, and printed, and the files
// of the run, from which loadtest report makes it again. It takes 15 minutes. A narrow page that is wider than its window fails it; the rest is for eyes.
func TestPages(t *testing.T) {
	dir := os.Getenv("GREGARIA_E2E_SHOTS")
	if dir == "" {
		t.Skip("GREGARIA_E2E_SHOTS names no folder")
	}
	for _, s := range sights() {
		t.Run(s.name, func(t *testing.T) {
			l := s.run(t)
			l.wantExit(t, s.code, 4*time.Minute)
			path := l.files(t, "report_*.html")[0]
			prefix := filepath.Join(dir, strings.ReplaceAll(s.name, " ", "-"))
			if err := os.CopyFS(prefix, os.DirFS(l.dir)); err != nil {
				t.Error(err)
			}
			b := openBrowser(t, "file://"+path)
			text := b.main()
			for _, says := range s.says {
				if !strings.Contains(text, says) {
					t.Errorf("the page does not say %q", says)
				}
			}
			b.looks(prefix)
		})
	}
}

// main is the text of a page, a folded one too.
func (b *browser) main() (text string) {
	b.t.Helper()
	b.run("read the page", chromedp.Evaluate("document.querySelector('main').textContent", &text))
	return text
}

// looks takes pictures of a page.
func (b *browser) looks(prefix string) {
	b.t.Helper()
	for _, v := range []struct {
		name, scheme string
		width        int64
	}{{"light", "light", 1280}, {"dark", "dark", 1280}, {"narrow", "light", 390}} {
		var png []byte
		var wide int64
		const quality = 100
		b.run("look at it "+v.name, emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: v.scheme}}),
			chromedp.EmulateViewport(v.width, 900), chromedp.Evaluate("document.documentElement.scrollWidth", &wide), chromedp.FullScreenshot(&png, quality))
		if wide > v.width {
			b.t.Errorf("the page is %d px wide in a window of %d", wide, v.width)
		}
		b.keep(prefix+"-"+v.name+".png", png)
	}
	var pdf []byte
	b.run("print it", chromedp.EmulateViewport(1280, 900), chromedp.ActionFunc(func(ctx context.Context) (err error) {
		pdf, _, err = page.PrintToPDF().WithPreferCSSPageSize(true).WithPrintBackground(true).Do(ctx)
		return err
	}))
	b.keep(prefix+".pdf", pdf)
}

// keep writes a file.
func (b *browser) keep(path string, content []byte) {
	b.t.Helper()
	if err := os.WriteFile(path, content, 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// startLimited starts a server of internal/limited, and returns its address.
func startLimited(t *testing.T, limit string) (base string) {
	t.Helper()
	port := freePort(t)
	p := start(t, command{name: limit, path: buildLimited(t), args: []string{"-limit", limit, "-listen", "127.0.0.1:" + port}})
	await(t, startLimit, func() error { return p.wantOutput(port) })
	return "http://127.0.0.1:" + port
}
