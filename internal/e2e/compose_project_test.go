//go:build e2e

package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"gregaria/internal/target"
)

// A composition is docker-compose.yml as it is, run under a name, with a port and a folder for results of its own.
type composition struct {
	name    string
	env     []string
	web     webUI
	results string
	uid     int // whose results they are: not root, and nobody's in the images
}

// requireEngine skips the test where no Docker engine answers.
func requireEngine(t *testing.T) {
	t.Helper()
	for _, args := range [][]string{{"info", "--format", "{{.ServerVersion}}"}, {"compose", "version"}} {
		if output, err := exec.Command("docker", args...).CombinedOutput(); err != nil {
			t.Skipf("no Docker engine, so docker-compose.yml is NOT tested here: docker %s: %v: %s", strings.Join(args, " "), err, output)
		}
	}
}

// newComposition prepares one. Whatever it starts is removed with the test.
func newComposition(t *testing.T, env ...string) *composition {
	t.Helper()
	c := &composition{results: t.TempDir(), uid: os.Getuid()}
	if c.uid == 0 {
		c.uid = 12345
		if err := os.Chown(c.results, c.uid, c.uid); err != nil {
			t.Fatal(err)
		}
	}
	port := freePort(t)
	c.web = webUI{base: "http://127.0.0.1:" + port}
	c.name = fmt.Sprintf("gregaria-e2e-%d-%s", os.Getpid(), port)
	c.env = append([]string{
		"COMPOSE_PROJECT_NAME=" + c.name,
		"WEB_PORT=" + port, "RESULTS=" + c.results, "UID=" + strconv.Itoa(c.uid), "GID=", "TARGET=", "LOCUSTFILE=", "STOP_TIMEOUT=",
	}, env...)
	t.Cleanup(func() {
		if t.Failed() {
			output, _ := c.command("logs", "--no-color", "--tail=40").CombinedOutput()
			t.Logf("the containers wrote:\n%s", output)
		}
		if output, err := c.command("--profile=*", "down", "--volumes", "--remove-orphans").CombinedOutput(); err != nil {
			t.Errorf("docker compose down: %v: %s", err, output)
		}
	})
	return c
}

// args are those of docker for a command of compose.
func (*composition) args(words ...string) []string {
	return append([]string{"compose", "--project-directory=" + root}, words...)
}

func (c *composition) command(words ...string) *exec.Cmd {
	cmd := exec.Command("docker", c.args(words...)...)
	cmd.Env = append(plainEnvironment(), c.env...)
	return cmd
}

// compose runs docker compose to its end and returns what it wrote to stdout.
func (c *composition) compose(t *testing.T, words ...string) string {
	t.Helper()
	var complaints strings.Builder
	cmd := c.command(words...)
	cmd.Stderr = &complaints
	output, err := cmd.Output()
	if err != nil {
		t.Fatalf("docker compose %s: %v\n%s%s", strings.Join(words, " "), err, output, complaints.String())
	}
	return string(output)
}

// up starts what is missing, and has n workers run.
func (c *composition) up(t *testing.T, n int) {
	t.Helper()
	c.compose(t, "up", "--detach", "--no-build", "--no-recreate", "--scale=worker="+strconv.Itoa(n))
}

// start runs docker compose in the foreground.
func (c *composition) start(t *testing.T, words ...string) *process {
	t.Helper()
	return start(t, command{name: "docker compose", path: "docker", args: c.args(words...), env: c.env})
}

// awaitWorkers waits until n workers run the users of the master, each its share, or none of them before a test.
func (c *composition) awaitWorkers(t *testing.T, n, users int) {
	t.Helper()
	const limit = 2 * time.Minute // a worker whose address changed is back after half a minute
	await(t, limit, func() error {
		s, err := c.web.snapshot(t.Context())
		if err != nil {
			return err
		}
		var shares []int
		for _, w := range s.Workers {
			if w.State != "missing" {
				shares = append(shares, w.Users)
			}
		}
		slices.Sort(shares)
		if len(shares) != n || s.Users != users || s.State == "spawning" || shares[n-1]-shares[0] > 1 {
			return fmt.Errorf("the master is %s, and workers run %v of %d users: want %d, who run %d", s.State, shares, s.Users, n, users)
		}
		return nil
	})
}

// A container is one as docker inspect shows it.
type container struct {
	ID     string `json:"Id"`
	Name   string
	Config struct {
		User     string
		Hostname string
		Labels   map[string]string
	}
	State struct {
		Status   string
		ExitCode int
	}
	HostConfig struct {
		ReadonlyRootfs bool
		Privileged     bool
		CapAdd         []string
		CapDrop        []string
		SecurityOpt    []string
		PidMode        string
	}
	NetworkSettings struct {
		Ports    map[string][]struct{ HostIp string }
		Networks map[string]struct{ IPAddress string }
	}
}

// service is what the container is one of.
func (c container) service() string { return c.Config.Labels["com.docker.compose.service"] }

// containers are those of the services, or of all, running or not.
func (c *composition) containers(t *testing.T, services ...string) (found []container) {
	t.Helper()
	ids := strings.Fields(c.compose(t, append([]string{"--profile=*", "ps", "--all", "--quiet"}, services...)...))
	if len(ids) == 0 {
		return nil
	}
	if err := json.Unmarshal([]byte(docker(t, append([]string{"inspect"}, ids...)...)), &found); err != nil {
		t.Fatal(err)
	}
	return found
}

// network is the engine's name for one of the file's networks.
func (c *composition) network(name string) string { return c.name + "_" + name }

// demo is where the test finds the demo API: at its address in the network that it is in.
func (c *composition) demo(t *testing.T) string {
	t.Helper()
	for _, d := range c.containers(t, "demo") {
		for _, network := range d.NetworkSettings.Networks {
			return "http://" + network.IPAddress + ":8000"
		}
	}
	t.Fatal("the demo API does not run")
	return ""
}

// served is what the demo API has served.
func (c *composition) served(t *testing.T) target.Served {
	t.Helper()
	return servedBy(t, c.demo(t))
}

// result returns the one file of that name among the results, and wants it to be the caller's.
func (c *composition) result(t *testing.T, pattern string) []byte {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(c.results, pattern))
	if err != nil || len(found) != 1 {
		t.Fatalf("results called %s: %q, %v, want one", pattern, found, err)
	}
	var file unix.Stat_t
	if err := unix.Stat(found[0], &file); err != nil || int(file.Uid) != c.uid {
		t.Errorf("the owner of %s = %d, %v, want %d", filepath.Base(found[0]), file.Uid, err, c.uid)
	}
	return readFile(t, found[0])
}

// wantExits wants every container to have ended by itself, well.
func (c *composition) wantExits(t *testing.T) {
	t.Helper()
	var wrong []error
	for _, one := range c.containers(t) {
		if one.State.Status != "exited" || one.State.ExitCode != 0 {
			wrong = append(wrong, fmt.Errorf("%s is %s with exit code %d", one.Name, one.State.Status, one.State.ExitCode))
		}
	}
	if err := errors.Join(wrong...); err != nil {
		t.Error(err)
	}
}

// docker runs docker to its end and returns what it wrote.
func docker(t *testing.T, args ...string) string {
	t.Helper()
	output, err := exec.Command("docker", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("docker %s: %v: %s", strings.Join(args, " "), err, output)
	}
	return string(output)
}
