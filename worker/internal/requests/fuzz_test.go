package requests

import (
	"bytes"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"gregaria/worker/internal/python"
)

// FuzzURL parses arbitrary URLs: what is asked has no byte that a request line must not have, and asking for the URL that
// came out asks for the same.
func FuzzURL(f *testing.F) {
	for _, s := range []string{"http://h/a b?c=d#e", "http://u:p@h:80/%7e/../x", "https://[::1]:443/;p?q?r", "http://h/%zz", "http://h?x", "HTTP://H/\u00e9"} {
		f.Add(s, "a=b")
	}
	t := newThread(&bytes.Buffer{})
	var c *Classes
	if err := t.Do(func() (err error) { c, err = Load(t); return err }); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(tb *testing.T, text, params string) {
		if !utf8.ValidString(text) || !utf8.ValidString(params) {
			return
		}
		t.Lock()
		defer t.Unlock()
		to, err := c.parse(t, text, params)
		if err != nil || to.Address == "" {
			return
		}
		sent := onWire(to.path)
		if strings.ContainsFunc(sent, func(r rune) bool { return r <= ' ' || r >= 0x7f }) || !strings.HasPrefix(sent, "/") {
			tb.Fatalf("%q asks for %q", text, sent)
		}
		again, err := c.parse(t, to.url(), "")
		if err != nil || onWire(again.path) != sent && !strings.Contains(to.path, "/.") && !strings.Contains(to.path, "%") {
			tb.Fatalf("%q asks for %q, its URL %q for %q, err %v", text, sent, to.url(), onWire(again.path), err)
		}
	})
}

// FuzzParams encodes parameters that net/url decodes to the same.
func FuzzParams(f *testing.F) {
	f.Add("a", "b c&d=\u00e9+")
	t := newThread(&bytes.Buffer{})
	f.Fuzz(func(tb *testing.T, k, v string) {
		if !utf8.ValidString(k) || !utf8.ValidString(v) {
			return
		}
		t.Lock()
		defer t.Unlock()
		d := python.NewDict()
		d.SetStr(k, python.NewList(python.NewStr(v), python.NewInt(7)))
		s, err := encodeParams(t, d)
		if err != nil {
			tb.Fatal(err)
		}
		got, err := url.ParseQuery(s)
		if err != nil || len(got[k]) != 2 || got[k][0] != v || got[k][1] != "7" {
			tb.Fatalf("encodeParams(%q, %q) = %q, which is %v, %v", k, v, s, got, err)
		}
	})
}

// FuzzCookie takes arbitrary Set-Cookie headers: what a place sets goes back to that place, unless it has expired, is for
// elsewhere or is secret.
func FuzzCookie(f *testing.F) {
	f.Add("a=b; path=/; domain=example.com; max-age=9")
	f.Add("a=\"b\"; expires=Thu, 01 Jan 2099 00:00:00 GMT; secure")
	p := placeOf("http://www.example.com/x/y", "")
	f.Fuzz(func(tb *testing.T, header string) {
		j := &Jar{}
		j.extract(header, p, time.Now().Unix())
		for _, c := range j.cookies {
			if line := j.line(p); !c.secure && !c.pathSpecified && !c.domainSpecified && !strings.HasPrefix(line, c.Name) {
				tb.Fatalf("%q sets %+v, which is not sent back: %q", header, c, line)
			}
		}
	})
}
