package jsonpath

import "unicode/utf8"

// A machine reads JSON byte by byte. Of what is open it knows only the containers on the path, of others how many there are.
//
//	state     what comes                       goes on with
//	value     a value                          text, literal, skipping, members, elements
//	members   the next name of an object       text (the name), or the object's end
//	colon     the colon behind a name          value
//	elements  the next element of an array     as value, or the array's end
//	text      a string, a name or one skipped  escape, or what follows it
//	escape    what follows a backslash         text, hex
//	hex       the digits of \u                 text
//	literal   a number, true, false or null    what follows it
//	skipping  a container that leads nowhere   text (skipped), or what follows it
//	done      nothing: the document has ended
type machine struct {
	steps []step
	state state

	live  int             // the open containers on the path
	opens [maxSteps]byte  // what each opened with
	next  [maxSteps]int64 // the number of each one's next element
	skip  int             // the containers that are open in a value off the path, or in a hit

	leads bool // the value that comes, or is being read, is named by the first steps, one for each live container
	hit   bool // it is named by all of them
	fresh bool // nothing has come in the container that is hit
	isKey bool // the text is a name
	match int  // how much of the step's name, or of null, has come; -1 is something else

	digits int  // of \u
	code   rune // what they say
	high   rune // the first half of a surrogate pair, its second may follow

	found    bool // a hit is not empty
	complete bool // a hit has ended
	capture  bool // the text of hits is wanted
	text     []byte
}

type state int

const (
	value state = iota
	members
	colon
	elements
	text
	escape
	hex
	literal
	skipping
	done
)

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

// feed reads p, at most to the end of the next hit, and says how much of it.
func (m *machine) feed(p []byte) int {
	for i := 0; i < len(p); {
		if m.state == text {
			if i += m.plain(p[i:]); i == len(p) {
				break
			}
		}
		if m.step(p[i]) {
			i++
		}
		if m.complete || m.state == done {
			return i
		}
	}
	return len(p)
}

// step reads a byte. It returns false if the byte ends a value that it is no part of: then it comes again.
func (m *machine) step(c byte) bool {
	switch m.state {
	case value:
		m.beforeValue(c)
	case members:
		m.inObject(c)
	case colon:
		if c == ':' {
			m.state = value
		}
	case elements:
		m.inArray(c)
	case text:
		m.inText(c)
	case escape:
		m.escaped(c)
	case hex:
		return m.hexDigit(c)
	case literal:
		return m.inLiteral(c)
	case skipping:
		m.inSkipped(c)
	case done:
	}
	return true
}

func (m *machine) beforeValue(c byte) {
	switch {
	case space(c) || c == ':':
	case c == ']' || c == '}':
		m.pop()
	case c == ',' && m.live > 0:
		m.state = members
	case c != ',':
		if m.live == 0 {
			m.leads = true
		}
		m.begin(c)
	}
}

func (m *machine) inObject(c byte) {
	switch c {
	case '"':
		m.state, m.isKey, m.match = text, true, 0
	case '}', ']':
		m.pop()
	}
}

func (m *machine) inArray(c byte) {
	switch {
	case space(c) || c == ',' || c == ':':
	case c == ']' || c == '}':
		m.pop()
	default:
		s := &m.steps[m.live-1]
		m.leads = s.kind == all || s.index == m.next[m.live-1]
		m.next[m.live-1]++
		m.begin(c)
	}
}

// begin begins a value.
func (m *machine) begin(c byte) {
	m.hit = m.leads && m.live == len(m.steps)
	switch {
	case c == '"':
		m.state, m.isKey = text, false
	case c != '{' && c != '[':
		m.state, m.match = literal, 0
		m.inLiteral(c)
	case m.leads && !m.hit && m.steps[m.live].enters(c):
		m.opens[m.live], m.next[m.live] = c, 0
		m.live++
		m.resume()
	default:
		m.state, m.skip, m.fresh = skipping, 1, m.hit
		m.keep(c)
	}
}

// pop closes the innermost container on the path.
func (m *machine) pop() {
	if m.live > 0 {
		m.live--
	}
	m.hit = false
	m.end()
}

// end ends a value.
func (m *machine) end() {
	m.complete, m.hit, m.leads = m.hit, false, false
	m.resume()
}

// resume goes on in the innermost container on the path.
func (m *machine) resume() {
	switch {
	case m.live == 0:
		m.state = done
	case m.opens[m.live-1] == '{':
		m.state = members
	default:
		m.state = elements
	}
}

// inLiteral reads a number, true, false or null. It returns false at what ends that.
func (m *machine) inLiteral(c byte) bool {
	if space(c) || c == ',' || c == ']' || c == '}' || c == ':' {
		m.end()
		return false
	}
	const null = "null"
	if m.match >= 0 && m.match < len(null) && null[m.match] == c {
		m.match++
	} else {
		m.match = -1
		m.found = m.found || m.hit
	}
	m.keep(c)
	return true
}

// inSkipped reads a container that leads nowhere, or that is hit.
func (m *machine) inSkipped(c byte) {
	closes := c == '}' || c == ']'
	if m.fresh && !space(c) {
		m.fresh = false
		m.found = m.found || !closes
	}
	m.keep(c)
	switch {
	case c == '"':
		m.state, m.isKey = text, false
	case c == '{' || c == '[':
		m.skip++
	case closes:
		if m.skip--; m.skip == 0 {
			m.end()
		}
	}
}

// keep keeps a byte of a hit as it is.
func (m *machine) keep(c byte) {
	if m.hit && m.capture {
		m.text = append(m.text, c)
	}
}

// put takes a byte that a string or a name has, decoded.
func (m *machine) put(c byte) {
	if !m.isKey {
		m.found = m.found || m.hit
		m.keep(c)
		return
	}
	m.compare([]byte{c})
}

// putRune takes a character that was written as an escape.
func (m *machine) putRune(r rune) {
	var b [utf8.UTFMax]byte
	for _, c := range b[:utf8.EncodeRune(b[:], r)] {
		m.put(c)
	}
}
