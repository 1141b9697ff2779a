package cli

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// TestTags: the words of --tags, as Locust takes them.
func TestTags(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		why     string
		args    string
		passed  string // to Locust
		classes string
		says    string
	}{
		{"words", "--tags a b", "--tags a b", "", ""},
		{"until the next option", "--tags a b --exclude-tags c d --users 5", "--tags a b --exclude-tags c d", "", ""},
		{"short", "-T a b -E c d", "--tags a b --exclude-tags c d", "", ""},
		{"commas", "--tags a,b c", "--tags a b c", "", ""},
		{"a flag with its value takes one", "--tags=a,b ShopUser", "--tags a b", "ShopUser", ""},
		{"a user class before it", "ShopUser --tags a b", "--tags a b", "ShopUser", ""},
		{"what looks like a user class", "--tags a ShopUser", "--tags a ShopUser", "", "ShopUser is a tag here and no user class: --tags takes all words until the next option, as Locust's does; for a user class write --tags=a ShopUser\n"},
		{"written short", "-E a ShopUser", "--exclude-tags a ShopUser", "", "for a user class write --exclude-tags=a ShopUser\n"},
		{"a tag alone may begin with a capital", "--tags Slow", "--tags Slow", "", ""},
		{"settings of users", "--config-users A.json B.json", "--config-users A.json B.json", "", ""},
		{"Locust's own stay", "--tags a -- --tags b C", "--tags a --tags b C", "", ""},
	} {
		var stderr bytes.Buffer
		s, err := parseFlags(append([]string{"--host=http://a"}, strings.Fields(test.args)...), &stderr, &stderr)
		if err != nil || !slices.Equal(s.LocustArgs, strings.Fields(test.passed)) || strings.Join(s.Classes, " ") != test.classes {
			t.Errorf("%s: parseFlags(%s) = %q and classes %q, %v, want %s and %s", test.why, test.args, s.LocustArgs, s.Classes, err, test.passed, test.classes)
		}
		if stderr.String() != "" != (test.says != "") || !strings.Contains(stderr.String(), test.says) {
			t.Errorf("%s: it says %q, want %q", test.why, stderr.String(), test.says)
		}
	}
	if _, err := parseFlags([]string{"--host=http://a", "--tags", "--users=5"}, &bytes.Buffer{}, &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "--tags") {
		t.Errorf("--tags without a tag = %v, want that said", err)
	}
}
