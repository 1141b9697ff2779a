package mask

import (
	"bytes"
	"strings"
)

// endings are how names of parameters end whose values are nobody's business. They are compared in lower case, without what is no letter,
// so that access_token, X-Amz-Security-Token and accessToken are one; digits behind them do not count.
func endings() []string {
	return []string{"token", "secret", "password", "passwd", "signature", "credential", "authorization", "apikey", "accesskey", "privatekey", "secretkey"}
}

// words are names, or last words of names after a -, _ or ., that are so too.
func words() []string { return []string{"key", "auth", "sig", "pwd", "pass", "jwt"} }

// Secrets is a text without the passwords of the URLs in it, and without the values of parameters, behind a ?, & or #, whose names sound
// like secrets: endings and words. It returns a text without them as it is.
func Secrets(text string) string {
	if strings.IndexByte(text, '=') >= 0 {
		text = parameters(text)
	}
	if strings.IndexByte(text, '@') >= 0 {
		text = passwords(text)
	}
	return text
}

// parameters hides the values of parameters.
func parameters(text string) string {
	var out []byte // nil while there is nothing to hide
	done := 0      // what of the text is in out
	for i := 0; ; {
		size := strings.IndexByte(text[i:], '=')
		if size < 0 {
			break
		}
		value := i + size + 1
		if name := parameter(text[i : value-1]); name == "" || !secret(name) {
			i = value
			continue
		}
		out = append(append(out, text[done:value]...), hidden...)
		if done = value + strings.IndexAny(text[value:], "&#; \t\r\n"); done < value {
			done = len(text)
		}
		i = done
	}
	if out == nil {
		return text
	}
	return string(append(out, text[done:]...))
}

// parameter returns the name of the parameter that ends a text; "" is none.
func parameter(text string) string {
	for i := len(text) - 1; i >= 0; i-- {
		switch text[i] {
		case '?', '&', '#', ';':
			return text[i+1:]
		case ' ', '\t', '\r', '\n':
			return ""
		}
	}
	return ""
}

// secret says of the name of a parameter that its value is one.
func secret(name string) bool {
	var room [64]byte
	last := 0 // where the last word begins
	plain := room[:0]
	name = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, "]"), "%5D"), "%5d") // user[password]
	for i := range len(name) {
		switch c := name[i] | 0x20; {
		case c >= 'a' && c <= 'z':
			plain = append(plain, c)
		case name[i] < '0' || name[i] > '9':
			last = len(plain)
		}
	}
	for _, word := range words() {
		if string(plain[last:]) == word {
			return true
		}
	}
	for _, ending := range endings() {
		if bytes.HasSuffix(plain, []byte(ending)) {
			return true
		}
	}
	return false
}

// passwords hides the passwords of URLs: what is between the first colon and the last @ of who they are for.
func passwords(text string) string {
	var out []byte
	done := 0
	for {
		at := strings.Index(text[done:], "://")
		if at < 0 {
			break
		}
		from := done + at + len("://")
		end, colon := userinfoOf(text[from:])
		if colon < 0 || colon >= end {
			out = append(out, text[done:from]...)
			done = from
			continue
		}
		out = append(append(out, text[done:from+colon+1]...), hidden...)
		done = from + end
	}
	if done == 0 {
		return text
	}
	return string(append(out, text[done:]...))
}

// userinfoOf returns where the name and password that begin a text end, and the colon between them; -1 is nowhere. A password with a / that is not
// escaped, as in no URL that works, makes the port of the host no number.
func userinfoOf(text string) (end, colon int) {
	whole := text
	if i := strings.IndexAny(whole, " \t\r\n\"<>"); i >= 0 {
		whole = whole[:i]
	}
	authority := whole
	if i := strings.IndexAny(authority, "/?#"); i >= 0 {
		authority = authority[:i]
	}
	colon = strings.IndexByte(authority, ':')
	if end = strings.LastIndexByte(authority, '@'); end < 0 && colon >= 0 && strings.Trim(authority[colon+1:], "0123456789") != "" && authority[0] != '[' {
		end = strings.LastIndexByte(whole, '@')
	}
	return end, colon
}
