package session

import (
	"strings"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
	"gregaria/worker/internal/wire"
)

// hasTextType says whether a Content-Type is that of text.
func hasTextType(kind string) bool { return strings.HasPrefix(strings.ToLower(kind), "text") }

// charsetIn is the encoding that a Content-Type says, utf-8 if it says none.
func charsetIn(kind string) string {
	for _, part := range strings.Split(strings.ToLower(kind), ";") {
		if name, ok := strings.CutPrefix(strings.TrimSpace(part), "charset="); ok {
			if name = strings.Trim(strings.TrimSpace(name), `"'`); name != "" {
				return name
			}
			break
		}
	}
	return "utf-8"
}

// charset is the encoding of the text, nil if there is none: what was set, what the headers say, or a guess.
func (x *fastResponse) charset() value {
	if x.encoding != nil && x.encoding != python.None {
		return x.encoding
	}
	if x.encoding = x.session.classes.charsetOf(x.head.Value("Content-Type")); x.encoding == nil {
		x.encoding = python.NewStr(requests.Detect(x.content))
	}
	return x.encoding
}

// charsetOf is the encoding that a Content-Type says, nil if it says none. Most say the same as the last.
func (c *Classes) charsetOf(kind []byte) value {
	if last := c.charset; last.kind != string(kind) || last.name == nil {
		name := requests.CharsetOf(wire.Latin1(kind))
		if name == "" {
			return nil
		}
		c.charset = charset{string(kind), python.NewStr(name)}
	}
	return c.charset.name
}

// A charset is what a Content-Type says of the encoding.
type charset struct {
	kind string
	name value
}
