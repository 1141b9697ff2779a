// Package mask keeps the password of a base URL, http://user:password@host, out of everything that a run prints or leaves
// behind. The run itself uses the URL as it was given.
package mask

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
)

// hidden stands where a password was.
const hidden = "***"

// userinfo is what stands between :// and the last @ of what was meant to be a URL.
var userinfo = regexp.MustCompile(`(://[^/@:]*):.*@`)

// URL is a URL, or what was meant to be one, without its password.
func URL(text string) string {
	if parsed, err := url.Parse(text); err == nil && parsed.Host != "" && parsed.User == nil {
		return text
	}
	return userinfo.ReplaceAllString(text, "$1:"+hidden+"@")
}

// A Mask hides the passwords of URLs wherever these come up. Its zero value hides nothing.
type Mask struct{ replacer *strings.Replacer }

// Of returns the mask for URLs.
func Of(bases ...string) Mask {
	var all []string
	for _, base := range bases {
		all = append(all, pairs(base)...)
	}
	if len(all) == 0 {
		return Mask{}
	}
	return Mask{strings.NewReplacer(all...)}
}

// pairs are the forms in which a URL's password comes up, each with what stands in its place.
func pairs(base string) (all []string) {
	parsed, err := url.Parse(base)
	if err != nil || parsed.User == nil {
		return nil
	}
	password, found := parsed.User.Password()
	if !found || password == "" {
		return nil
	}
	_, authority, _ := strings.Cut(base, "://")
	authority, _, _ = strings.Cut(authority, "/")
	raw := authority[:strings.LastIndex(authority, "@")]
	user := parsed.User.Username()
	shown := user + ":" + hidden + "@"
	// As the user wrote it, as Go and Python write it, and decoded; each also as HTML and JSON have it.
	forms := []string{raw + "@", parsed.User.String() + "@", user + ":" + password + "@"}
	for _, form := range slices.Clone(forms) {
		forms = append(forms, html.EscapeString(form), unicodeEscape(form))
	}
	for _, form := range forms {
		all = append(all, form, shown)
	}
	return all
}

// unicodeEscape is a text as Jinja's tojson writes it into a page.
func unicodeEscape(text string) string {
	return strings.NewReplacer("&", `\u0026`, "<", `\u003c`, ">", `\u003e`, "'", `\u0027`, `"`, `\"`).Replace(text)
}

// Text is a text without the password.
func (m Mask) Text(text string) string {
	if m.replacer == nil {
		return text
	}
	return m.replacer.Replace(text)
}

// Writer returns a writer that hides the password in what goes to w, one Write at a time.
func (m Mask) Writer(w io.Writer) io.Writer {
	if m.replacer == nil {
		return w
	}
	return writer{m, w}
}

// A writer hides a password.
type writer struct {
	mask Mask
	w    io.Writer
}

// Write passes data on. It reports its own length: the mask's is nobody's business.
func (w writer) Write(data []byte) (int, error) {
	if _, err := io.WriteString(w.w, w.mask.Text(string(data))); err != nil {
		return 0, err
	}
	return len(data), nil
}

// File hides the password in a file that is there.
func (m Mask) File(path string) error {
	if m.replacer == nil {
		return nil
	}
	data, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("hide the password of --host: %w", err)
	}
	masked := []byte(m.Text(string(data)))
	if bytes.Equal(masked, data) {
		return nil
	}
	if err := os.WriteFile(path, masked, 0o644); err != nil {
		return fmt.Errorf("hide the password of --host in %s: %w", path, err)
	}
	return nil
}
