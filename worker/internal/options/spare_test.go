package options

import (
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSpare has command lines with options that no locustfile adds which runs here: --tab, --flag and --tabs are of one that does not.
func TestSpare(t *testing.T) {
	tests := []struct {
		reason  string
		args    []string
		conf    string
		dropped []string
		words   []string // what is left
		wrong   string
	}{
		{"a value that is joined", []string{"--tab=9", "Shop"}, "", []string{"--tab"}, []string{"Shop"}, ""},
		{"a value that is joined, and no more", []string{"--tab=9", "Nobody"}, "", []string{"--tab"}, []string{"Nobody"}, ""},
		{"a value after it, and a user class after that", []string{"--tab", "9", "Shop"}, "", []string{"--tab"}, []string{"Shop"}, ""},
		{"several values", []string{"--tabs", "9", "10", "-H", "x"}, "", []string{"--tabs"}, []string{"-H", "x"}, ""},
		{"a flag before a user class", []string{"--flag", "Shop"}, "", []string{"--flag"}, []string{"Shop"}, ""},
		{"a user class before it, and a negative number", []string{"Shop", "--tab", "-9"}, "", []string{"--tab"}, []string{"Shop"}, ""},
		{"a short one", []string{"-q", "9", "A"}, "", []string{"-q"}, []string{"A"}, ""},
		{"between options of Locust and of a file that runs", []string{"--tags", "a", "b", "--tab", "9", "--my-arg", "3", "-lV"}, "", []string{"--tab"}, []string{"--tags", "a", "b", "--my-arg", "3", "-lV"}, ""},
		{"the beginning of an option's name", []string{"--my", "3", "--tab"}, "", []string{"--tab"}, []string{"--my", "3"}, ""},
		{"after --", []string{"--tab", "9", "--", "--flag"}, "", []string{"--tab"}, []string{"--", "--flag"}, ""},
		{"a configuration file", nil, "tab = 9\nflag = true\ntabs = [9, 10]\nusers = 5\n", []string{"--tab", "--flag", "--tabs"}, []string{"--users=5"}, ""},
		{"a word that is nobody's", []string{"Shop", "-u", "5", "9"}, "", nil, []string{"Shop", "-u", "5", "9"}, "unrecognized arguments: 9"},
		{"a wrong value of another", []string{"--tab", "9", "-u", "many"}, "", []string{"--tab"}, []string{"-u", "many"}, "argument -u/--users: invalid int value: 'many'"},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if test.conf != "" {
				if err := os.WriteFile("locust.conf", []byte(test.conf), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			files, err := Files(test.args, "", nil)
			if err != nil {
				t.Fatal(err)
			}
			strict := &CommandLine{all: Locust(), env: func(string) (string, bool) { return "", false }, Files: files}
			for _, a := range test.args {
				strict.args = append(strict.args, token{text: a})
			}
			line := strict.Spare(func(word string) bool { return word == "Shop" || word == "A" })
			custom := []Option{{Names: []string{"--my-arg"}, Kind: Text, Dest: "my_arg"}}
			words, _, err := line.For(custom)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.words, words); diff != "" {
				t.Errorf("words (-want +got):\n%s", diff)
			}
			settled, err := line.Settle(custom)
			if (err == nil) != (test.wrong == "") || err != nil && err.Error() != test.wrong {
				t.Errorf("Settle: %v, want %q", err, test.wrong)
			}
			if err == nil && !slices.Equal(settled.Dropped(), test.dropped) {
				t.Errorf("Dropped = %q, want %q", settled.Dropped(), test.dropped)
			}
			if _, err := strict.Settle(custom); err == nil {
				t.Error("without Spare nothing is wrong")
			}
		})
	}
}
