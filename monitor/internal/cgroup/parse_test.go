package cgroup

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

func TestParseMemberships(t *testing.T) {
	t.Parallel()
	const text = "12:cpu,cpuacct:/docker/a:b\n1:name=systemd:/x\n0::/user.slice (deleted)\nodd\n:::\n7::/odd\n"
	all := parseMemberships([]byte(text))
	for controller, want := range map[string]string{"cpu": "/docker/a:b", "cpuacct": "/docker/a:b", "memory": "/user.slice", "name=systemd": "/x"} {
		if m, ok := all.of(controller); m.path != want || !ok {
			t.Errorf("%s is in %q, %v, want %q", controller, m.path, ok, want)
		}
	}
	if len(all) != 3 {
		t.Errorf("%d groups, want 3: %v", len(all), all)
	}
	if _, ok := parseMemberships([]byte("3:cpu:/a\n")).of("memory"); ok {
		t.Error("a controller without a hierarchy is found")
	}
}

func TestBelow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		root, path, want string
		ok               bool
	}{
		{"/", "/", "", true},
		{"/", "/docker/a", "docker/a", true},
		{"/docker/a", "/docker/a", "", true},
		{"/docker/a", "/docker/a/b/c", "b/c", true},
		{"/docker/a", "/docker/ab", "", false},
		{"/docker/a", "/docker", "", false},
		{"/", "/../b", "", false},
		{"/..", "/../b", "b", true},
		{"/../..", "/../b", "b", false},
		{"/../b", "/../b/c", "c", true},
	} {
		got, ok := mount{root: c.root}.below(c.path)
		if ok != c.ok || ok && got != c.want {
			t.Errorf("%s below a mount of %s = %q, %v, want %q, %v", c.path, c.root, got, ok, c.want, c.ok)
		}
	}
}

func TestParseMounts(t *testing.T) {
	t.Parallel()
	const text = `36 35 98:0 / /mnt rw,noatime master:1 - ext4 /dev/root rw,errors=continue
32 31 0:29 /docker/a /sys/fs/cgroup/cpu ro,relatime - cgroup cgroup rw,cpu,cpuacct
41 31 0:38 / /a\040b/unified rw,relatime shared:1 master:2 - cgroup2 none rw
40 31 0:37 / /short - cgroup cgroup rw,cpu
half a line`
	got := parseMounts([]byte(text))
	if len(got) != 2 || got[0].root != "/docker/a" || !got[0].shows("cpuacct", false) || got[0].shows("memory", false) || got[0].shows("cpu", true) ||
		got[1].point != "/a b/unified" || !got[1].shows("", true) || got[1].shows("cpu", false) {
		t.Errorf("parseMounts = %+v", got)
	}
}

func TestParseQuota(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want float64
		ok   bool
	}{
		{"20000 100000\n", 0.2, true},
		{"max 100000\n", math.Inf(1), true},
		{"-1 100000\n", math.Inf(1), true},
		{"150000 100000", 1.5, true},
		{"20000 0", 0, false},
		{"20000", 0, false},
		{"", 0, false},
		{"x 100000", 0, false},
	} {
		if got, ok := parseQuota([]byte(c.text)); ok != c.ok || ok && got != c.want {
			t.Errorf("parseQuota(%q) = %v, %v, want %v, %v", c.text, got, ok, c.want, c.ok)
		}
	}
}

func TestParseLimit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want float64
		ok   bool
	}{
		{"268435456\n", 268435456, true},
		{"max\n", math.Inf(1), true},
		{"9223372036854771712\n", math.Inf(1), true}, // pages of 4 KB
		{"9223372036854710272\n", math.Inf(1), true}, // pages of 64 KB
		{"", 0, false},
		{"-1\n", 0, false},
	} {
		if got, ok := parseLimit([]byte(c.text)); ok != c.ok || ok && got != c.want {
			t.Errorf("parseLimit(%q) = %v, %v, want %v, %v", c.text, got, ok, c.want, c.ok)
		}
	}
}

func TestWorkingSet(t *testing.T) {
	t.Parallel()
	known := func(n uint64) Number { return Number{n, true} }
	for _, c := range []struct{ usage, inactive, want Number }{
		{known(10), known(3), known(7)},
		{known(3), known(10), known(0)}, // the two are not read at one moment
		{known(3), Number{}, Number{}},
		{Number{}, known(3), Number{}},
	} {
		if got := workingSet(c.usage, c.inactive); got != c.want {
			t.Errorf("workingSet(%v, %v) = %v, want %v", c.usage, c.inactive, got, c.want)
		}
	}
}

// FuzzMemberships: what is written in the kernel's form is found, whatever stands around it.
func FuzzMemberships(f *testing.F) {
	f.Add("4:memory:/docker/a\n0::/\n", "/kubepods/b c:d")
	f.Fuzz(func(t *testing.T, other, path string) {
		for _, m := range parseMemberships([]byte(other)) {
			if !strings.HasPrefix(m.path, "/") {
				t.Errorf("parseMemberships(%q) has the path %q", other, m.path)
			}
		}
		path = "/" + strings.ReplaceAll(strings.TrimSuffix(path, " (deleted)"), "\n", "")
		if strings.HasSuffix(path, " (deleted)") {
			return
		}
		text := fmt.Sprintf("9:memory:%s\n0::/x\n", path)
		if m, ok := parseMemberships([]byte(text)).of("memory"); !ok || m.path != path {
			t.Errorf("parseMemberships(%q) = %q, %v, want %q", text, m.path, ok, path)
		}
	})
}

// FuzzMounts: a mount that is written in the kernel's form is read back, and the way below it leads back to the path.
func FuzzMounts(f *testing.F) {
	f.Add("32 31 0:29 / /sys rw - cgroup2 x rw", "docker", "a b")
	f.Fuzz(func(t *testing.T, other, root, name string) {
		_ = parseMounts([]byte(other))
		root, name = "/"+strings.Trim(root, "/"), strings.Trim(name, "/")
		if strings.ContainsAny(root, "\n\r\v\f\u0085\u00a0") || strings.ContainsFunc(root, func(r rune) bool { return r > 126 }) || name == "" || slices.Contains(strings.Split(name, "/"), "..") {
			return
		}
		escaped := strings.NewReplacer(`\`, `\134`, " ", `\040`, "\t", `\011`).Replace(root)
		got := parseMounts(fmt.Appendf(nil, "32 31 0:29 %s /sys/fs/cgroup rw,relatime shared:7 - cgroup2 cgroup2 rw\n", escaped))
		if len(got) != 1 || got[0].root != root {
			t.Fatalf("parseMounts of the root %q = %+v", root, got)
		}
		path := strings.TrimSuffix(root, "/") + "/" + name
		if way, ok := got[0].below(path); !ok || way != name {
			t.Errorf("%q below %q = %q, %v, want %q", path, root, way, ok, name)
		}
	})
}

// FuzzLimits: a quota is never below 0, and a number is what was written.
func FuzzLimits(f *testing.F) {
	f.Add("max 100000\n", uint64(7))
	f.Fuzz(func(t *testing.T, text string, n uint64) {
		if cores, ok := parseQuota([]byte(text)); ok && !(cores >= 0) {
			t.Errorf("parseQuota(%q) = %v", text, cores)
		}
		limit, ok := parseLimit(fmt.Appendf(nil, "%d\n", n))
		if want := float64(n); !ok || n < noLimit && limit != want || n >= noLimit && !math.IsInf(limit, 1) {
			t.Errorf("parseLimit(%d) = %v, %v", n, limit, ok)
		}
	})
}
