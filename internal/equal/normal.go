package equal

import (
	"crypto/sha256"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// A normaliser replaces what differs between two runs of the same file under the same Locust. Each rule is in the table
// of docs/equality.md; a text that two runs share stays as it is.
type normaliser struct {
	port, dir string
	clock     time.Time
	ids       map[string]string
}

// Rules says what the normaliser replaces, for the report.
func Rules() [][2]string {
	return [][2]string{
		{"the port of the server", "`PORT`"},
		{"the folder the file runs in", "`DIR`"},
		{"a random UUID (version 4), with dashes or without", "`ID-n`, n by first appearance"},
		{"the boundary of a multipart body, 32 hexadecimal digits", "`BOUNDARY`"},
		{"a number within a day of the clock in s, ms or ns, with any fraction", "`NOW`"},
		{"a date within a day of the clock, with or without time and fraction", "`DATE`, `DATETIME`"},
		{"the address of an object", "`0x`"},
		{"frames of a traceback outside the folder: Locust, requests, the standard library; also in the failures of rest()", "left out"},
		{"the order of headers: the lines are sorted", ""},
	}
}

// patterns are compiled anew for each run: there are no package variables to share.
func (n *normaliser) text(s string) string {
	if n.dir != "" {
		s = strings.ReplaceAll(s, n.dir, "DIR")
	}
	s = regexp.MustCompile(`[^ ,]*/site-packages/[^ ,]+:\d+ in \w+(, )?`).ReplaceAllString(s, "") // the failures of rest()
	s = regexp.MustCompile(`\b`+n.port+`\b`).ReplaceAllString(s, "PORT")
	s = regexp.MustCompile(`[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}[0-9a-f]*`).ReplaceAllStringFunc(s, n.id)
	s = regexp.MustCompile(`\b0x[0-9a-f]{6,16}\b`).ReplaceAllString(s, "0x")
	s = regexp.MustCompile(`\d{4}-\d\d-\d\d([T ]\d\d(:|%3A)\d\d((:|%3A)\d\d(\.\d+)?)?)?`).ReplaceAllStringFunc(s, n.date)
	return regexp.MustCompile(`\b\d{10,19}(\.\d+)?\b`).ReplaceAllStringFunc(s, n.now)
}

// id numbers a UUID, a longer run of digits stays.
func (n *normaliser) id(s string) string {
	if len(strings.ReplaceAll(s, "-", "")) != 32 {
		return s
	}
	if _, ok := n.ids[s]; !ok {
		n.ids[s] = fmt.Sprintf("ID-%d", len(n.ids)+1)
	}
	return n.ids[s]
}

func (n *normaliser) date(s string) string {
	day, err := time.Parse(time.DateOnly, s[:len(time.DateOnly)])
	if err != nil || n.clock.Sub(day).Abs() > 48*time.Hour {
		return s
	}
	if len(s) > len(time.DateOnly) {
		return "DATETIME"
	}
	return "DATE"
}

func (n *normaliser) now(s string) string {
	digits, _, _ := strings.Cut(s, ".")
	v, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return s
	}
	for _, unit := range []int64{1e9, 1e6, 1} { // seconds, milliseconds, nanoseconds
		if v > n.clock.UnixNano()/unit-86400*1e9/unit && v < n.clock.UnixNano()/unit+86400*1e9/unit {
			return "NOW"
		}
	}
	return s
}

// frames keeps the frames of a traceback whose file is in the folder.
func (n *normaliser) frames(tb string) string {
	var kept strings.Builder
	ours := false
	for line := range strings.Lines(tb) {
		if strings.HasPrefix(line, `  File "`) {
			ours = strings.HasPrefix(line, `  File "`+n.dir)
		}
		if ours {
			kept.WriteString(line)
		}
	}
	if kept.Len() == 0 && tb != "" {
		return "(no frame of the file)"
	}
	return n.text(kept.String())
}

// trace normalises a trace in the order of its parts, so that ids are numbered alike.
func (n *normaliser) trace(t *Trace) {
	for i := range t.Requests {
		q := &t.Requests[i]
		q.unbound()
		q.Target = n.text(q.Target)
		for j, h := range q.Headers {
			q.Headers[j] = n.text(h)
		}
		slices.Sort(q.Headers)
		q.Body = n.text(printable(q.Body))
	}
	for i := range t.Events {
		e := &t.Events[i]
		e.Name, e.Failure, e.Message = n.text(e.Name), n.text(e.Failure), n.text(e.Message)
		e.Traceback = n.frames(e.Traceback)
	}
	for i, line := range t.Output {
		t.Output[i] = n.text(line)
	}
	t.Load = n.text(t.Load)
}

// unbound replaces the boundary of a multipart body.
func (q *Request) unbound() {
	_, boundary, found := strings.Cut(q.Header("Content-Type"), "boundary=")
	if !found {
		return
	}
	q.Body = strings.ReplaceAll(q.Body, boundary, "BOUNDARY")
	for i, h := range q.Headers {
		if len(boundary) == 32 {
			q.Headers[i] = strings.ReplaceAll(h, boundary, "BOUNDARY")
		}
	}
}

// keepBody is up to where a body is kept whole.
const keepBody = 2000

// printable is a body as it can be kept in a text file: in full if it is short text, otherwise its begin and its hash.
func printable(body string) string {
	if !utf8.ValidString(body) {
		body = strconv.QuoteToASCII(body)
	}
	if len(body) <= keepBody {
		return body
	}
	return fmt.Sprintf("%s... %d bytes, sha256 %x", strings.ToValidUTF8(body[:200], ""), len(body), sha256.Sum256([]byte(body)))
}
