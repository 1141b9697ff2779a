package check

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// Assignments that fan out, and classes that meet again, take no more time than they have lines.
func TestHostile(t *testing.T) {
	t.Parallel()
	var names, urls, classes strings.Builder
	urls.WriteString("from locust import HttpUser, task\nclass U(HttpUser):\n  @task\n  def a(self):\n    u0 = '/a'\n")
	for i := range 60 {
		for range 40 {
			fmt.Fprintf(&names, "x%d = x%d.a\n", i+1, i)
		}
		fmt.Fprintf(&urls, "    u%d = u%d + u%[2]d + u%[2]d\n", i+1, i)
		fmt.Fprintf(&classes, "class A%d: pass\nclass B%[1]d(C%[2]d, A%[1]d): pass\nclass C%[1]d(C%[2]d, B%[1]d): pass\n", i+1, i)
	}
	names.WriteString("x60.b\n")
	urls.WriteString("    self.client.get(u60, timeout=1)\n")
	for name, source := range map[string]string{
		"names": "x0 = 1\n" + names.String(), "urls": urls.String(), "classes": "class C0: pass\n" + classes.String(),
		"itself": "x = x.y\nclass A(A): pass\ny = z\nz = y\ny.a\n", "deep": "x = " + strings.Repeat("(", 300) + "y" + strings.Repeat(".a)", 300) + "\n",
	} {
		done := make(chan error, 1)
		go func() {
			_, err := Files(Config{Modules: modules()}, "f.py", []byte(source))
			done <- err
		}()
		select {
		case err := <-done:
			if err != nil {
				t.Error(name, err)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("%s: no end after 20 s", name)
		}
	}
}
