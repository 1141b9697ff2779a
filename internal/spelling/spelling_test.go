package spelling_test

import (
	"fmt"
	"testing"

	"gregaria/internal/spelling"
)

func TestDistance(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		why, a, b string
		want      int
	}{
		{"the same", "users", "users", 0},
		{"nothing", "", "users", 5},
		{"one letter left out", "users", "uers", 1},
		{"one added", "users", "usersx", 1},
		{"two changed places", "users", "usres", 2},
	} {
		if got := spelling.Distance(test.a, test.b); got != test.want {
			t.Errorf("%s: Distance(%q, %q) = %d, want %d", test.why, test.a, test.b, got, test.want)
		}
	}
}

func ExampleNearest() {
	names := []string{"--users", "--host"}
	fmt.Printf("%q %q\n", spelling.Nearest("--usres", names, 3), spelling.Nearest("--port", names, 2))
	// Output: "--users" ""
}
