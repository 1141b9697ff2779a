//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
)

// ownMaster are the commands of docs/loadtest.md for a master of one's own: those for files, and those for monitors on other hosts.
func ownMaster(t *testing.T) (files, hosts string) {
	t.Helper()
	_, text, found := strings.Cut(string(readFile(t, repository(t, "docs", "loadtest.md"))), "**A master of your own**")
	blocks := strings.Split(text, "\n\n")
	if !found || len(blocks) < 3 || !strings.HasPrefix(blocks[1], "    ") || !strings.HasPrefix(blocks[2], "    ") {
		t.Fatalf("docs/loadtest.md has no two blocks of commands for a master of one's own: %.300s", text)
	}
	return blocks[1], blocks[2]
}

// TestTabAsDocumented runs those commands in a shell, as a user copies them.
func TestTabAsDocumented(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	setUp(t, dir)
	address := "127.0.0.1:" + freePort(t)
	start(t, command{name: "monitor", path: program("monitor"), args: []string{"--no-csv", "--listen", address, "--collect", "cpu"}})
	files, hosts := ownMaster(t)
	for _, c := range []struct {
		commands string
		replace  []string
		name     string
	}{
		{files, nil, "metrics.csv"},
		{hosts, []string{"TOKEN=...", "TOKEN=", "http://api:9647,http://db:9647", "http://" + address}, "127.0.0.1"},
	} {
		web, master := freePort(t), freePort(t)
		flags := fmt.Sprintf("--master --web-host 127.0.0.1 --web-port %s --master-bind-host 127.0.0.1 --master-bind-port %s", web, master)
		commands := strings.NewReplacer(append(c.replace, "--master", flags)...).Replace(c.commands)
		p := start(t, command{
			name: "shell", path: "bash", args: []string{"-ec", "cd '" + dir + "'\n" + commands},
			env: []string{"HOME=" + dir, "PATH=" + dir + "/.venv/bin:" + os.Getenv("PATH")},
		})
		t.Cleanup(func() { _ = syscall.Kill(-p.pid(), syscall.SIGKILL) }) // the shell's children too
		await(t, startLimit, func() error {
			if p.ended() {
				t.Fatalf("the commands ended:\n%s", commands)
			}
			var now struct {
				Hosts []struct{ Name, State string } `json:"hosts"`
			}
			if err := (webUI{base: "http://127.0.0.1:" + web}).getJSON(t.Context(), "/gregaria/now", &now); err != nil {
				return err
			}
			if len(now.Hosts) != 1 || now.Hosts[0].Name != c.name || now.Hosts[0].State != "" {
				return fmt.Errorf("the tab has the hosts %v, want rows of %s alone", now.Hosts, c.name)
			}
			return nil
		})
	}
}
