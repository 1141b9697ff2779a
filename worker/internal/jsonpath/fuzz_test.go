package jsonpath

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzParse: what a path prints is the path.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"$", "$.a[0][*]['b c']", `$['\'']`, "$.*"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, rest, err := Cut(text)
		if err != nil {
			return
		}
		if !strings.HasSuffix(text, rest) {
			t.Errorf("Cut(%q) leaves %q, which is not its end", text, rest)
		}
		again, err := Parse(p.String())
		if err != nil || !slices.Equal(again.steps, p.steps) {
			t.Errorf("Parse(%q) = %v, %v, want the path of %q", p.String(), again, err, text)
		}
	})
}

// FuzzFind: what is found does not depend on how the document is cut, and in JSON it is what encoding/json finds.
func FuzzFind(f *testing.F) {
	for _, d := range documents {
		f.Add(d.path, []byte(d.document), uint64(0b1011))
	}
	f.Fuzz(func(t *testing.T, path string, document []byte, cuts uint64) {
		p, err := Parse(path)
		if err != nil {
			return
		}
		s := NewScanner(p)
		whole := s.Feed(document)
		s.Reset()
		rest := document
		for i := 0; len(rest) > 0; i++ {
			n := min(len(rest), 1+int(cuts>>(i%32*2)&3))
			s.Feed(rest[:n])
			rest = rest[n:]
		}
		if got := s.Feed(nil); got != whole {
			t.Fatalf("%s in %q: found is %t in pieces, %t in one", p, document, got, whole)
		}
		if !json.Valid(document) || !utf8.Valid(document) {
			return
		}
		r := reference{d: json.NewDecoder(bytes.NewReader(document)), document: document}
		r.d.UseNumber()
		r.value(p.steps, true)
		var texts []string
		p.Any(document, func(text []byte) bool { texts = append(texts, string(text)); return false })
		if !slices.Equal(texts, r.texts) || whole != r.found {
			t.Errorf("%s has in %q %q (%t), want %q (%t)", p, document, texts, whole, r.texts, r.found)
		}
	})
}

// A reference finds by the tokens of encoding/json.
type reference struct {
	d        *json.Decoder
	document []byte
	texts    []string
	found    bool
}

// value reads a value; steps lead on from it, if leads.
func (r *reference) value(steps []step, leads bool) {
	token, _ := r.d.Token()
	hit := leads && len(steps) == 0
	from := r.d.InputOffset() - 1
	switch token := token.(type) {
	case json.Delim:
		n := r.inside(steps, leads && !hit, token)
		if hit {
			r.texts = append(r.texts, string(r.document[from:r.d.InputOffset()]))
			r.found = r.found || n > 0
		}
	case string:
		if hit {
			r.texts = append(r.texts, token)
			r.found = r.found || token != ""
		}
	default:
		if hit {
			text, _ := json.Marshal(token)
			r.texts = append(r.texts, string(text))
			r.found = r.found || token != nil
		}
	}
}

// inside reads what is in a container, and says how much that is.
func (r *reference) inside(steps []step, leads bool, opened json.Delim) (n int) {
	for ; r.d.More(); n++ {
		on := leads
		if opened == '{' {
			name, _ := r.d.Token()
			on = on && (steps[0].kind == all || steps[0].kind == member && steps[0].name == name)
		} else {
			on = on && (steps[0].kind == all || steps[0].kind == element && steps[0].index == int64(n))
		}
		var rest []step
		if on {
			rest = steps[1:]
		}
		r.value(rest, on)
	}
	_, _ = r.d.Token()
	return n
}
