package mask_test

import (
	"strings"
	"testing"

	"gregaria/internal/mask"
)

func TestSecrets(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ reason, text, want string }{
		{"nothing to hide", "http://h/a?b=c&page=2", "http://h/a?b=c&page=2"},
		{"a token", "http://h/a?token=abc&b=c", "http://h/a?token=***&b=c"},
		{"the last parameter", "/a?b=c&access_token=abc", "/a?b=c&access_token=***"},
		{"a fragment", "/a#id_token=abc", "/a#id_token=***"},
		{"any spelling", "/a?X-Amz-Signature=a&apiKey=b&API-KEY=c&accessToken2=d", "/a?X-Amz-Signature=***&apiKey=***&API-KEY=***&accessToken2=***"},
		{"one word", "/a?key=a&sig=b&pass=c&auth=d", "/a?key=***&sig=***&pass=***&auth=***"},
		{"words that only look like it", "/a?monkey=a&max_tokens=b&compass=c&author=d", "/a?monkey=a&max_tokens=b&compass=c&author=d"},
		{"a name in brackets", "/a?user[password]=x&user%5Bpassword%5D=y", "/a?user[password]=***&user%5Bpassword%5D=***"},
		{"a text with a URL in it", "404 for url: http://h/a?secret=x y=z", "404 for url: http://h/a?secret=*** y=z"},
		{"an empty value is shown as one", "/a?token=", "/a?token=***"},
		{"no parameter", "token=abc", "token=abc"},
		{"a password", "http://ann:se:cr@et@h/a@b", "http://ann:***@h/a@b"},
		{"a user without one", "http://ann@h/", "http://ann@h/"},
		{"an address in the path", "http://h:80/users/ann@example.com", "http://h:80/users/ann@example.com"},
		{"two URLs", "http://a:b@c http://d:e@f", "http://a:***@c http://d:***@f"},
		{"a password that should have been escaped", "parse http://bob:se/cret@h:x/a", "parse http://bob:***@h:x/a"},
		{"an address of IPv6", "http://[::1]:80/a@b", "http://[::1]:80/a@b"},
		{"both", "http://a:b@c/?key=d", "http://a:***@c/?key=***"},
	} {
		if got := mask.Secrets(tt.text); got != tt.want {
			t.Errorf("%s: Secrets(%q) = %q, want %q", tt.reason, tt.text, got, tt.want)
		}
	}
}

func FuzzSecrets(f *testing.F) {
	f.Add("http://ann:", "@h/a?b=c&token=", "&d=e")
	f.Add("", "?key=", " x")
	f.Fuzz(func(t *testing.T, before, middle, after string) {
		const value = "sEcReT0815"
		text := before + "?access_token=" + value + "&" + after
		if got := mask.Secrets(text); strings.Contains(got, "?access_token="+value) {
			t.Errorf("Secrets(%q) = %q: the value is still there", text, got)
		}
		all := before + middle + after
		if got := mask.Secrets(all); mask.Secrets(got) != got {
			t.Errorf("Secrets(%q) = %q, and of that %q: not the same", all, got, mask.Secrets(got))
		}
	})
}
