package mask_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/internal/mask"
)

func TestText(t *testing.T) {
	t.Parallel()
	tests := []struct{ reason, base, text, want string }{
		{"as it was written", "http://bob:pa55@h:80", "against http://bob:pa55@h:80/x", "against http://bob:***@h:80/x"},
		{"percent-encoded, and decoded by whoever reports", "http://bob:p%40ss@h", "http://bob:p%40ss@h bob:p@ss@h", "http://bob:***@h bob:***@h"},
		{"in JSON of a page", "http://bob:a&b@h", `"host": "http://bob:a\u0026b@h"`, `"host": "http://bob:***@h"`},
		{"in HTML", "http://bob:a&b@h", "<b>http://bob:a&amp;b@h</b>", "<b>http://bob:***@h</b>"},
		{"an @ in it, which Go's parser takes", "http://bob:p@ss@h/x", "http://bob:p@ss@h/x", "http://bob:***@h/x"},
		{"a user alone is no secret", "http://bob@h", "http://bob@h", "http://bob@h"},
		{"the word elsewhere stays", "http://bob:test@h", "the test of bob", "the test of bob"},
		{"nothing to hide", "http://h", "http://h a:b@c", "http://h a:b@c"},
	}
	for _, test := range tests {
		if got := mask.Of(test.base).Text(test.text); got != test.want {
			t.Errorf("%s: Of(%q).Text(%q) = %q, want %q", test.reason, test.base, test.text, got, test.want)
		}
	}
}

// TestTextOfSeveral: each address has a password of its own.
func TestTextOfSeveral(t *testing.T) {
	t.Parallel()
	m := mask.Of("http://bob:one@a", "http://c", "http://bob:two@b/metrics")
	if got, want := m.Text("bob:one@a http://c bob:two@b"), "bob:***@a http://c bob:***@b"; got != want {
		t.Errorf("Text = %q, want %q", got, want)
	}
}

func TestURLHidesWhatIsNoURL(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"ftp://bob:secret@h":       "ftp://bob:***@h",
		"http://bob:se%zzcret@h:x": "http://bob:***@h:x",
		"http://bob:se/cret@h":     "http://bob:***@h",
		"http://bob:se@cret@h":     "http://bob:***@h",
		"http://h:8000/a:b@c":      "http://h:8000/a:b@c",
	} {
		if got := mask.URL(text); got != want {
			t.Errorf("URL(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestWriterAndFile(t *testing.T) {
	t.Parallel()
	m := mask.Of("http://bob:pa55@h")
	var out strings.Builder
	if n, err := m.Writer(&out).Write([]byte("bob:pa55@h\n")); n != 11 || err != nil || out.String() != "bob:***@h\n" {
		t.Errorf("Write() = %d, %v, wrote %q, want 11, nil, the mask", n, err, out.String())
	}
	path := filepath.Join(t.TempDir(), "report.html")
	if err := m.File(path); err != nil {
		t.Errorf("File() of none = %v, want nil", err)
	}
	if err := os.WriteFile(path, []byte("http://bob:pa55@h"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := m.File(path); err != nil {
		t.Fatal(err)
	}
	if data, _ := os.ReadFile(path); string(data) != "http://bob:***@h" {
		t.Errorf("File() left %q", data)
	}
}
