//go:build e2e

package e2e

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gregaria/internal/build"
)

// imageLimit is what an image may add to its base, in bytes.
const imageLimit = 60e6

// composeImages looks at what was built: how much it adds to its base, whose it is, which version it says that it is.
func composeImages(t *testing.T) {
	for image, base := range map[string]string{
		"gregaria/worker:" + build.Version:   "debian:bookworm-slim",
		"gregaria/monitor:" + build.Version:  "debian:bookworm-slim",
		"gregaria/target:" + build.Version:   "debian:bookworm-slim",
		"gregaria/loadtest:" + build.Version: "gregaria/locust:" + build.Locust,
		"gregaria/locust:" + build.Locust:    "python:3.12-slim",
	} {
		i, under := inspectImage(t, image), inspectImage(t, base)
		added := i.Size - under.Size
		t.Logf("%s adds %.1f MB to the %.1f MB of %s", image, float64(added)/1e6, float64(under.Size)/1e6, base)
		name, version, _ := strings.Cut(image, ":")
		if user, _, _ := strings.Cut(i.Config.User, ":"); !isID(user) {
			t.Errorf("the user of %s = %q, want a number that is not root's", image, i.Config.User)
		}
		if got := i.Config.Labels["org.opencontainers.image.title"]; got != name {
			t.Errorf("the title of %s = %q, want %q", image, got, name)
		}
		if name != "gregaria/locust" { // which is Locust, not ours
			if added > imageLimit {
				t.Errorf("%s adds %d bytes to %s, want at most %g", image, added, base, imageLimit)
			}
			if got := i.Config.Labels["org.opencontainers.image.version"]; got != version {
				t.Errorf("the version in the labels of %s = %q, want %q", image, got, version)
			}
		}
		if name == "gregaria/target" {
			continue // a program for tests has no version of its own
		}
		if said := docker(t, "run", "--rm", "--network=none", "--read-only", image, "--version"); !strings.Contains(said, version) {
			t.Errorf("%s --version = %q, want %s", image, said, version)
		}
	}
}

func isID(text string) bool {
	id, err := strconv.Atoi(text)
	return err == nil && id > 0
}

// An image is one as docker image inspect shows it.
type image struct {
	Size   int64
	Config struct {
		User   string
		Labels map[string]string
	}
}

func inspectImage(t *testing.T, name string) image {
	t.Helper()
	var found []image
	if err := json.Unmarshal([]byte(docker(t, "image", "inspect", name)), &found); err != nil || len(found) != 1 {
		t.Fatalf("docker image inspect %s: %d images, %v", name, len(found), err)
	}
	return found[0]
}

// composeNVIDIA reads the files together: what measures gets the driver's library, and nothing else a GPU.
func composeNVIDIA(t *testing.T) {
	var merged struct {
		Services map[string]struct {
			Deploy struct {
				Resources struct {
					Reservations struct {
						Devices []struct {
							Driver       string
							Capabilities []string
						}
					}
				}
			}
		}
	}
	c := newComposition(t)
	text := c.compose(t, "--file="+repository(t, "docker-compose.yml"), "--file="+repository(t, "docker-compose.nvidia.yml"),
		"--profile=*", "config", "--format=json")
	if err := json.Unmarshal([]byte(text), &merged); err != nil {
		t.Fatal(err)
	}
	for name, service := range merged.Services {
		devices := service.Deploy.Resources.Reservations.Devices
		measures := name == "monitor" || name == "loadtest"
		if got := len(devices) == 1 && devices[0].Driver == "nvidia" && slices.Contains(devices[0].Capabilities, "utility"); got != measures {
			t.Errorf("the devices of %s = %+v; the driver's utilities, and nothing else, go to monitor and loadtest", name, devices)
		}
	}
}

// wantContained wants every container to be without what it does not need, and nothing but the web UI to be reachable, from
// this machine alone.
func (c *composition) wantContained(t *testing.T) {
	t.Helper()
	for _, one := range c.containers(t) {
		h := one.HostConfig
		if !h.ReadonlyRootfs || h.Privileged || len(h.CapAdd) > 0 || !slices.Equal(h.CapDrop, []string{"ALL"}) || h.PidMode != "" ||
			!slices.Contains(h.SecurityOpt, "no-new-privileges:true") {
			t.Errorf("%s may do more than it needs: %+v", one.Name, h)
		}
		if user, _, _ := strings.Cut(one.Config.User, ":"); !isID(user) {
			t.Errorf("the user of %s = %q, want a number that is not root's", one.Name, one.Config.User)
		}
		for port, hosts := range one.NetworkSettings.Ports {
			for _, host := range hosts {
				if port != "8089/tcp" || one.service() != "master" || host.HostIp != "127.0.0.1" {
					t.Errorf("port %s of %s is published at %s, want only the web UI, at 127.0.0.1", port, one.Name, host.HostIp)
				}
			}
		}
		wantNetworks(t, one)
	}
}

// wantNetworks wants the target not to see the master: ZeroMQ has no password.
func wantNetworks(t *testing.T, one container) {
	t.Helper()
	var networks []string
	for name := range one.NetworkSettings.Networks {
		networks = append(networks, name[strings.LastIndex(name, "_")+1:])
	}
	slices.Sort(networks)
	want := map[string][]string{
		"master": {"control", "web"}, "worker": {"control", "target"}, "demo": {"target"}, "monitor": {"none"},
	}[one.service()]
	if !slices.Equal(networks, want) {
		t.Errorf("the networks of %s = %v, want %v", one.Name, networks, want)
	}
}
