package requests

import (
	"bytes"
	"strings"
	"time"
	"unicode/utf8"
	"unsafe"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/stdlib"
	"gregaria/worker/internal/wire"
)

// encoding is Response.encoding: what was set, else what the headers say.
func (r *Response) encoding(_ *thread) (value, error) {
	if r.shown != nil && r.shown.encoding != nil {
		return r.shown.encoding, nil
	}
	return textOrNone(r.charset()), nil
}

// charset is what the headers say of the content's encoding, "" if nothing (requests.utils.get_encoding_from_headers).
func (r *Response) charset() string { return charsetOf(wire.Latin1(r.head.Value("Content-Type"))) }

func charsetOf(contentType string) string {
	if contentType == "" {
		return ""
	}
	kind, params, _ := strings.Cut(contentType, ";")
	for params != "" {
		var p string
		p, params, _ = strings.Cut(params, ";")
		k, v, has := strings.Cut(strings.TrimSpace(p), "=")
		if has && strings.EqualFold(strings.Trim(k, "\"' "), "charset") {
			return strings.Trim(strings.Trim(v, "\"' "), `'"`)
		}
	}
	switch {
	case strings.Contains(kind, "text"):
		return "ISO-8859-1"
	case strings.Contains(kind, "application/json"):
		return "utf-8"
	}
	return ""
}

// detect guesses an encoding: pure ASCII, UTF-8, or else a western one. "" is none.
func detect(b []byte) string {
	switch {
	case len(b) == 0:
		return "utf-8"
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("\xfe\xff")):
		return "utf-16"
	case isASCII(b):
		return "ascii"
	case utf8.Valid(b):
		return "utf-8"
	}
	return "ISO-8859-1"
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// contentString is the content as a string that shares its memory: nobody changes either.
func (r *Response) contentString() string {
	return unsafe.String(unsafe.SliceData(r.content), len(r.content))
}

// contentValue is Response.content.
func (r *Response) contentValue(t *thread) (value, error) {
	if r.shown != nil && r.shown.content != nil {
		return r.shown.content, nil
	}
	if err := r.load(t); err != nil {
		return nil, err
	}
	v := python.None
	if r.answered {
		v = python.NewBytes(r.content)
	}
	r.look().content = v
	return v, nil
}

// newTexts makes the properties content and text of a Response.
func (c *Classes) newTexts() {
	c.contentProperty = python.Property(c.content)
	c.textProperty = python.Property(c.text)
}

// contentBlock is how much Response.content asks iter_content for at a time.
const contentBlock = 10240

// content is Response.content. A class of the file may have an iter_content of its own.
func (c *Classes) content(t *thread, self value) (value, error) {
	r := responseOf(self)
	if !r.streaming || r.shown != nil && r.shown.content != nil || python.TypeOf(self).Lookup("iter_content") == c.iterContent {
		return r.contentValue(t)
	}
	pieces, err := t.CallMethod(self, "iter_content", python.NewInt(contentBlock))
	if err != nil {
		return nil, err
	}
	whole, err := t.CallMethod(python.NewBytes(nil), "join", pieces)
	if err != nil {
		return nil, err
	}
	return whole, r.setContent(whole)
}

// text is Response.text. A class of the file may have a content of its own.
func (c *Classes) text(t *thread, self value) (value, error) {
	r := responseOf(self)
	if python.TypeOf(self).Lookup("content") == c.contentProperty {
		return r.textValue(t)
	}
	content, err := t.GetAttr(self, "content")
	if err != nil {
		return nil, err
	}
	b, ok := python.AsBytes(content)
	if !ok || b == "" {
		return python.NewStr(""), nil
	}
	name, err := t.GetAttr(self, "encoding")
	if err != nil {
		return nil, err
	}
	encoding, ok := python.AsStr(name)
	if !ok {
		encoding = detect([]byte(b))
	}
	s, err := DecodeText(b, encoding)
	return python.NewStr(s), err
}

// textValue is Response.text of Locust's and requests' own classes.
func (r *Response) textValue(t *thread) (value, error) {
	if r.shown != nil && r.shown.text != nil {
		return r.shown.text, nil
	}
	if err := r.load(t); err != nil {
		return nil, err
	}
	s, err := r.decoded(t)
	if err != nil {
		return nil, err
	}
	v := python.NewStr(s)
	r.look().text = v
	return v, nil
}

// decoded is the content as text, in the encoding that was set or found.
func (r *Response) decoded(t *thread) (string, error) {
	if len(r.content) == 0 {
		return "", nil
	}
	e, err := r.encoding(t)
	if err != nil {
		return "", err
	}
	name, ok := python.AsStr(e)
	if !ok {
		name = detect(r.content)
	}
	return DecodeText(r.contentString(), name)
}

// DecodeText is str(b, encoding, errors="replace"); an encoding that is none is UTF-8.
func DecodeText(b, encoding string) (string, error) {
	switch strings.ToLower(encoding) {
	case "utf-8", "utf8", "ascii", "us-ascii":
		if utf8.ValidString(b) && (encoding[0]|0x20 == 'u' && encoding[1]|0x20 == 't' || isASCII([]byte(b))) {
			return b, nil
		}
	case "iso-8859-1", "latin-1", "latin1":
		return wire.Latin1([]byte(b)), nil
	}
	s, err := python.Decode(b, encoding, "replace")
	if err != nil {
		return python.Decode(b, "utf-8", "replace")
	}
	return s, nil
}

// json is Response.json. A class of the file may have a text, or a content, of its own.
func (c *Classes) json(t *thread, self, kw value) (value, error) {
	r := responseOf(self)
	if err := r.load(t); err != nil {
		return nil, err
	}
	var text string
	cls := python.TypeOf(self)
	if cls.Lookup("text") == c.textProperty && cls.Lookup("content") == c.contentProperty {
		var err error
		if text, err = r.jsonText(t); err != nil {
			return nil, err
		}
	} else {
		v, err := t.GetAttr(self, "text")
		if err != nil {
			return nil, err
		}
		text, _ = python.AsStr(v)
	}
	var v value
	var err error
	if d, ok := kw.(*python.Dict); ok && d.Len() > 0 {
		v, err = loadsWith(t, text, d)
	} else {
		v, err = stdlib.Loads(t, text)
	}
	if err == nil {
		return v, nil
	}
	e := python.AsException(err)
	if e.Attrs().GetStr("pos") == nil || !e.IsA(python.ValueError) {
		return nil, err
	}
	return nil, r.classes.fail(t, "not_json", e)
}

func loadsWith(t *thread, text string, kw *python.Dict) (value, error) {
	m, err := t.Import("json")
	if err != nil {
		return nil, err
	}
	args := python.Args{Pos: []value{python.NewStr(text)}}
	kw.All(func(k, v value) bool {
		args.Names, args.Values = append(args.Names, k.(*python.Str)), append(args.Values, v)
		return true
	})
	return t.CallKw(m.Attrs().GetStr("loads"), args)
}

// jsonText is the content as text for JSON: one whose encoding nobody says is in one of UTF.
func (r *Response) jsonText(t *thread) (string, error) {
	e, err := r.encoding(t)
	if err != nil {
		return "", err
	}
	if name, ok := python.AsStr(e); (!ok || name == "") && len(r.content) > 3 {
		if name = guessUTF(r.content); name != "" {
			if s, err := python.Decode(r.contentString(), name, "strict"); err == nil {
				return s, nil
			}
		}
	}
	return r.decoded(t)
}

// guessUTF tells the encodings of JSON by where the zeros are (requests.utils.guess_json_utf).
func guessUTF(b []byte) string {
	s := b[:4]
	switch {
	case bytes.Equal(s, []byte("\xff\xfe\x00\x00")), bytes.Equal(s, []byte("\x00\x00\xfe\xff")):
		return "utf-32"
	case bytes.HasPrefix(s, []byte("\xef\xbb\xbf")):
		return "utf-8-sig"
	case bytes.HasPrefix(s, []byte("\xff\xfe")), bytes.HasPrefix(s, []byte("\xfe\xff")):
		return "utf-16"
	}
	zero := func(i int) bool { return s[i] == 0 }
	switch bytes.Count(s, []byte{0}) {
	case 0:
		return "utf-8"
	case 2:
		if zero(0) && zero(2) {
			return "utf-16-be"
		}
		if zero(1) && zero(3) {
			return "utf-16-le"
		}
	case 3:
		if !zero(3) {
			return "utf-32-be"
		}
		if !zero(0) {
			return "utf-32-le"
		}
	}
	return ""
}

// Elapsed is a duration as a timedelta.
func (c *Classes) Elapsed(t *thread, d time.Duration) (value, error) {
	if c.timedelta == nil {
		m, err := t.Import("datetime")
		if err != nil {
			return nil, err
		}
		c.timedelta = m.Attrs().GetStr("timedelta")
	}
	return t.Call(c.timedelta, python.NewInt(0), python.NewInt(0), python.NewInt(d.Microseconds()))
}

// links is Response.links (requests.utils.parse_header_links).
func links(_ *thread, self value) (value, error) {
	out := python.NewDict()
	text := strings.Trim(responseOf(self).header("link"), " '\"")
	if text == "" {
		return out, nil
	}
	for _, part := range splitLinks(text) {
		url, params, _ := strings.Cut(part, ";")
		link := python.NewDict()
		key := strings.Trim(url, "<> '\"")
		link.SetStr("url", python.NewStr(key))
		for _, p := range strings.Split(params, ";") {
			k, v, ok := strings.Cut(p, "=")
			if !ok || strings.Contains(v, "=") {
				break
			}
			k, v = strings.Trim(k, " '\""), strings.Trim(v, " '\"")
			link.SetStr(k, python.NewStr(v))
			if k == "rel" && v != "" {
				key = v
			}
		}
		out.SetStr(key, link)
	}
	return out, nil
}

// splitLinks splits where a comma is followed by the next <.
func splitLinks(s string) []string {
	var parts []string
	start := 0
	for i := 0; i < len(s); i++ {
		if s[i] != ',' {
			continue
		}
		if rest := strings.TrimLeft(s[i+1:], " "); strings.HasPrefix(rest, "<") {
			parts = append(parts, s[start:i])
			start = len(s) - len(rest) + 1
			i = start
		}
	}
	return append(parts, s[start:])
}
