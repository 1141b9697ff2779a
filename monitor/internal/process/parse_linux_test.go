package process

import (
	"net/netip"
	"strings"
	"testing"
)

func TestSocketInode(t *testing.T) {
	t.Parallel()
	for link, want := range map[string]uint64{"socket:[12345]": 12345, "socket:[x]": 0, "pipe:[12345]": 0, "socket:[1": 0, "": 0} {
		if got, ok := socketInode(link); got != want || ok != (want != 0) {
			t.Errorf("socketInode(%q) = %d, %v", link, got, ok)
		}
	}
}

const (
	idA = "3f4e1c0d5b6a79880123456789abcdef3f4e1c0d5b6a79880123456789abcdef"
	idB = "3f4e99999b6a79880123456789abcdef3f4e1c0d5b6a79880123456789abcdef"
)

func TestContainerOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ path, want, why string }{
		{"/docker/" + idA, idA, "docker, cgroupfs"},
		{"/system.slice/docker-" + idA + ".scope", idA, "docker, systemd"},
		{"/docker/" + idA + "/docker/" + idB, idB, "docker in docker: the innermost"},
		{"/docker/" + idA + "/init.scope", idA, "below the container"},
		{"/kubepods/burstable/pod1d3e/" + idA, idA, "the kubelet, cgroupfs"},
		{"/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod1d3e_4f.slice/cri-containerd-" + idA + ".scope", idA, "containerd, systemd"},
		{"/system.slice/containerd.service/kubepods-besteffort-pod1d3e.slice:cri-containerd:" + idA, idA, "containerd in its own slice"},
		{"/kubepods.slice/crio-" + idA + ".scope", idA, "cri-o"},
		{"/kubepods.slice/crio-conmon-" + idA + ".scope", "", "what watches it is not in it"},
		{"/machine.slice/libpod-" + idA + ".scope/container", idA, "podman"},
		{"/machine.slice/libpod-conmon-" + idA + ".scope", "", "what watches it is not in it"},
		{"/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-" + idA + ".scope", idA, "podman without root"},
		{"/lxc.payload.web/init.scope", "web", "LXC"},
		{"/machine.slice/systemd-nspawn@web.service/payload", "web", "systemd-nspawn"},
		{"/machine.slice/machine-web.scope", "web", "systemd-machined"},
		{"/system.slice/docker.service", "", "the engine itself"},
		{"/process_api/10b63bc478e60a1e976555b7a3c43ae1", "", "half an id"},
		{"/", "", "none"},
	} {
		if got := containerOf(c.path); got != c.want {
			t.Errorf("containerOf(%q) = %q, want %q: %s", c.path, got, c.want, c.why)
		}
	}
}

func TestParseCgroups(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"0::/system.slice/web.service\n", "/system.slice/web.service"},
		{"5:cpu,cpuacct:/a\n4:memory:/b:c\n1:name=systemd:/\n0::/\n", "/a /b:c / /"},
		{"0::/../../system.slice/docker-x.scope\n", "/system.slice/docker-x.scope"},
		{"0::/..\n", ""},
		{"0::/..x/y", "/..x/y"},
		{"no cgroup\n", ""},
		{"", ""},
	} {
		if got := strings.Join(parseCgroups(c.text), " "); got != c.want {
			t.Errorf("parseCgroups(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

// FuzzParseCgroups: every path begins at the root, and is one of the file's.
func FuzzParseCgroups(f *testing.F) {
	f.Add("4:memory:/a\n0::/../b\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, path := range parseCgroups(text) {
			if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "/../") || !strings.Contains(text, path) || strings.Contains(path, "\n") {
				t.Errorf("parseCgroups(%q) has %q", text, path)
			}
			if name := containerOf(path); name != "" && !strings.Contains(path, name) {
				t.Errorf("containerOf(%q) = %q", path, name)
			}
		}
	})
}

func TestParseProxy(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ line, want string }{
		{"/usr/bin/docker-proxy -proto tcp -host-ip 0.0.0.0 -host-port 8000 -container-ip 172.17.0.2 -container-port 80", "172.17.0.2:80"},
		{"/usr/libexec/docker/docker-proxy -proto tcp -container-ip fd00::2 -container-port 80 -use-listen-fd", "[fd00::2]:80"},
		{"docker-proxy -container-ip 172.17.0.2", ""},
		{"docker-proxy -container-port", ""},
		{"nginx -container-ip 172.17.0.2 -container-port 80", ""},
	} {
		to, ok := parseProxy(strings.Fields(c.line))
		if ok != (c.want != "") || ok && to.String() != c.want {
			t.Errorf("parseProxy(%q) = %v, %v, want %q", c.line, to, ok, c.want)
		}
	}
}

func TestIsLocal(t *testing.T) {
	t.Parallel()
	const trie = `Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 0.0.0.0
        /0 universe UNICAST
     +-- 172.17.0.0/16 2 0 2
        |-- 172.17.0.2
           /32 host LOCAL
        |-- 172.17.255.255
           /32 link BROADCAST
`
	for ip, want := range map[string]bool{"172.17.0.2": true, "172.17.255.255": false, "172.17.0.1": false, "0.0.0.0": false} {
		if got := isLocal([]byte(trie), netip.MustParseAddr(ip)); got != want {
			t.Errorf("isLocal(%s) = %v, want %v", ip, got, want)
		}
	}
}
