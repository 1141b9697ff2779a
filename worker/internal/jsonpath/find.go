package jsonpath

import "bytes"

// First is the text of the first value in a document that the path names, and whether there is one: of a string its characters, of anything
// else its JSON.
func (p Path) First(document []byte) (text string, ok bool) {
	ok = p.Any(document, func(t []byte) bool {
		text = string(t)
		return true
	})
	return text, ok
}

// Any says whether is holds for the text of a value in a document that the path names. The text is is's only while it runs. A document that
// is not JSON is read as far as it looks like it.
func (p Path) Any(document []byte, is func(text []byte) bool) bool {
	m := machine{steps: p.steps, capture: true}
	document = bytes.TrimPrefix(document, []byte("\xef\xbb\xbf"))
	for len(document) > 0 && m.state != done {
		document = document[m.feed(document):]
		if m.complete {
			if is(m.text) {
				return true
			}
			m.complete, m.text = false, m.text[:0]
		}
	}
	return m.state == literal && m.hit && is(m.text) // the end of the document ends it
}
