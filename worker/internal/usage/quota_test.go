package usage

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestQuotaFolders(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		reason, groups string
		want           []string
	}{
		{"version 1, on a bare machine", "9:name=systemd:/\n4:memory:/a\n2:cpuacct:/a\n1:cpu:/a/b\n0::/\n", []string{"cpu/a/b", "cpu/a", "cpu", "/"}},
		{"controllers together", "5:cpu,cpuacct:/x\n", []string{"cpu,cpuacct/x", "cpu,cpuacct"}},
		{"version 2", "0::/user.slice/job\n", []string{"/user.slice/job", "/user.slice", "/"}},
		{"version 2 in a container, and upwards out of it", "0::/../other\n", []string{"/other", "/"}},
		{"no groups", "", nil},
		{"nonsense", "cpu\n::\n", []string{"/"}},
	} {
		if got := quotaFolders(test.groups); !slices.Equal(got, test.want) {
			t.Errorf("%s: quotaFolders = %q, want %q", test.reason, got, test.want)
		}
	}
}

func TestQuotaIn(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		reason string
		files  map[string]string
		want   float64
	}{
		{"version 2", map[string]string{"cpu.max": "20000 100000\n"}, 0.2},
		{"version 2 without a quota", map[string]string{"cpu.max": "max 100000\n"}, 0},
		{"version 1", map[string]string{"cpu.cfs_quota_us": "150000\n", "cpu.cfs_period_us": "100000\n"}, 1.5},
		{"version 1 without a quota", map[string]string{"cpu.cfs_quota_us": "-1\n", "cpu.cfs_period_us": "100000\n"}, 0},
		{"half of version 1", map[string]string{"cpu.cfs_quota_us": "150000\n"}, 0},
		{"a period of 0", map[string]string{"cpu.max": "20000 0\n"}, 0},
		{"no files", nil, 0},
	} {
		dir := t.TempDir()
		for name, text := range test.files {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if got := quotaIn(dir); got != test.want {
			t.Errorf("%s: quotaIn = %v, want %v", test.reason, got, test.want)
		}
	}
}
