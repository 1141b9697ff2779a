//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A readmeCommand is how a command line of the README is run: what is changed of it, and what it has to say.
type readmeCommand struct {
	begins string // of the line
	skip   string // why no test here runs it; it is run nowhere, or by the test named
	change []string
	says   string
	serves bool // it goes on until it is ended
}

// readmeCommands are all of them. A line of the README that is none of these fails the test: it has to be run, or to be said why not.
func readmeCommands() []readmeCommand {
	return []readmeCommand{
		{begins: "./scripts/run_load_test.sh --demo", change: []string{"--demo", "--demo --duration=2"}, says: "PASSED: all "},
		{begins: "./scripts/run_load_test.sh --host=http://localhost:8000", change: []string{"localhost:8000", "127.0.0.1:1"}, says: "start the API first"},
		{begins: ".venv/bin/locust -f locustfile.py --master", change: []string{"--master", "--master --web-host 127.0.0.1 --master-bind-host 127.0.0.1 --web-port WEB --master-bind-port MASTER"}, says: "Starting web interface at", serves: true},
		{begins: "bin/worker --master-host=HOST --processes", change: []string{"HOST", "127.0.0.1 --master-port=MASTER"}, says: "Connected to master", serves: true},
		{begins: "bin/worker --master-host=HOST", change: []string{"HOST", "127.0.0.1", "5557", "MASTER"}, says: "Connected to master", serves: true},
		{begins: "bin/monitor --output metrics.csv", says: "monitor: a row every 1 s to metrics.csv, for 2 s"},
		{begins: "cut -d, -f1-9 metrics.csv", says: "Timestamp,CPU_Percent,Memory_Total_GB"},
		{begins: "bin/worker --check locustfile.py", change: []string{"locustfile.py", "needs.py"}, says: "needs.py:1: import of numpy: this worker has no such module"},
		{begins: "docker compose ", skip: "TestCompose"},
		{begins: "TARGET=http://api:8000 docker compose", skip: "TestCompose"},
	}
}

// TestReadme runs the shell blocks of the README as written, in a checkout whose set-up is done: a program of it may be on no PATH.
func TestReadme(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	setUp(t, dir)
	ports := replacer("WEB", freePort(t), "MASTER", freePort(t))
	all := t // what serves goes on beside the commands that follow
	for _, line := range readmeLines(t) {
		t.Run(line, func(t *testing.T) {
			c, found := findCommand(line)
			if !found {
				t.Fatalf("the README has a command that no test knows: %s", line)
			}
			if c.skip != "" {
				t.Skip(c.skip)
			}
			changed := ports.Replace(strings.NewReplacer(c.change...).Replace(line))
			p := start(all, command{name: "README", path: "bash", args: []string{"-c", "cd '" + dir + "' && exec " + changed}, env: []string{"HOME=" + dir, "PATH=" + os.Getenv("PATH")}})
			await(t, time.Minute, func() error { return p.wantOutput(c.says) })
			if !c.serves {
				<-p.done
			}
		})
	}
}

// readmeLines are the command lines in the README's indented blocks: those after a prompt, and where a block has none, all of it. Go
// code and output are none.
func readmeLines(t *testing.T) (lines []string) {
	t.Helper()
	for block := range strings.SplitSeq(string(readFile(t, repository(t, "README.md"))), "\n\n") {
		if !strings.HasPrefix(block, "    ") || strings.Contains(block, "func ") {
			continue
		}
		prompts := strings.Contains(block, "    $ ")
		for line := range strings.Lines(block) {
			line, prompt := strings.CutPrefix(strings.TrimSpace(line), "$ ")
			line, _, _ = strings.Cut(line, "  #")
			if prompt || !prompts && isCommand(line) {
				lines = append(lines, strings.TrimSpace(line))
			}
		}
	}
	if len(lines) < 9 {
		t.Fatalf("the README has the commands %q, want more of them", lines)
	}
	return lines
}

// isCommand tells a command from the rest of an output that has blank lines in it.
func isCommand(line string) bool {
	word, _, _ := strings.Cut(line, " ")
	return strings.ContainsAny(word, "/=") && !strings.HasPrefix(line, "/") || word == "docker" || word == "locust" || word == "make"
}

func findCommand(line string) (readmeCommand, bool) {
	for _, c := range readmeCommands() {
		if strings.HasPrefix(line, c.begins) {
			return c, true
		}
	}
	return readmeCommand{}, false
}

// setUp makes a folder as a checkout is after scripts/setup.sh: programs in bin, Locust in .venv, and nothing of it on PATH.
func setUp(t *testing.T, dir string) {
	t.Helper()
	for _, name := range []string{"bin", "scripts", ".venv"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"loadtest", "worker", "monitor", "target"} {
		if err := os.Link(program(name), filepath.Join(dir, "bin", name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Dir(locust(t)), filepath.Join(dir, ".venv", "bin")); err != nil {
		t.Fatal(err)
	}
	requirements := readFile(t, repository(t, "requirements.txt"))
	for name, text := range map[string][]byte{
		"locustfile.py": readFile(t, repository(t, "locustfile.py")), "needs.py": []byte("import numpy\nfrom locust import HttpUser, task\n\nclass A(HttpUser):\n    @task\n    def t(self):\n        numpy.zeros(1)\n"),
		"requirements.txt": requirements, ".venv/installed.txt": requirements, "bin/.built": nil, "go.mod": nil,
		"scripts/setup.sh": readFile(t, repository(t, "scripts", "setup.sh")), "scripts/run_load_test.sh": readFile(t, repository(t, "scripts", "run_load_test.sh")),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"worker", "monitor", "loadtest", "internal"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	later := time.Now().Add(time.Minute) // nothing is newer than what was built
	if err := os.Chtimes(filepath.Join(dir, "bin", ".built"), later, later); err != nil {
		t.Fatal(err)
	}
}
