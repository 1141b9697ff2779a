package jobs

import (
	"regexp"
	"strings"
)

// condition takes a subject and what is asked of it.
func (p *parser) condition() (c Condition, err error) {
	if p.skip(); p.status() {
		c.Status = true
		p.at += len(status)
	} else if c.Path, err = p.path(); err != nil {
		return c, err
	}
	return c, p.operation(&c)
}

// status says whether the word status comes next.
func (p *parser) status() bool {
	left, ok := strings.CutPrefix(p.left(), status)
	return ok && (left == "" || strings.ContainsAny(left[:1], spaces+"=!("))
}

// operation takes what a condition asks of its subject.
func (p *parser) operation(c *Condition) (err error) {
	p.skip()
	start := p.at
	switch {
	case !c.Status && p.word("exists"):
		c.Is = Exists
		return nil
	case p.word("in"):
		c.Is = In
		c.Values, err = p.valuesOf(c.Subject, p.values)
	case p.word("not"):
		if p.skip(); !p.word("in") {
			return p.wrong("expected in after not")
		}
		c.Is = NotIn
		c.Values, err = p.valuesOf(c.Subject, p.values)
	case strings.HasPrefix(p.left(), "="), strings.HasPrefix(p.left(), "!="):
		c.Is = In
		if p.left()[0] == '!' {
			c.Is = NotIn
			p.at++
		}
		p.at += len(p.left()) - len(strings.TrimLeft(p.left(), "="))
		c.Values, err = p.valuesOf(c.Subject, p.one)
	case c.Status:
		return p.wrong("expected a condition: in (200, 204), not in (202, 404), = 200, or != 202")
	default:
		return p.wrong("expected a condition: in (a, b), not in (a, b), = a, != a, or exists")
	}
	if err == nil && len(c.Values) == 0 {
		p.at = start
		return p.wrong("the condition has no value")
	}
	return err
}

// valuesOf takes values with take; those of a status must be such.
func (p *parser) valuesOf(of Subject, take func() ([]string, error)) ([]string, error) {
	p.skip()
	start := p.at
	values, err := take()
	for _, v := range values {
		if of.Status && !statusValue.MatchString(v) {
			p.at = start
			return nil, p.wrong("%q is no status: it is one such as 200, or all of a kind, such as 4xx; a status in the answer's JSON is a path, $.status", v)
		}
	}
	return values, err
}

var statusValue = regexp.MustCompile(`^[1-9](?:\d\d|xx)$`)

// header takes the name of a header.
func (p *parser) header() (string, error) {
	p.skip()
	name := headerName.FindString(p.left())
	if rest := p.left()[len(name):]; name == "" || rest != "" && !strings.ContainsAny(rest[:1], spaces) {
		return "", p.wrong("expected the name of a header, such as Location")
	}
	p.at += len(name)
	return name, nil
}

// headerName is a token of RFC 9110 that does not begin as a path does.
var headerName = regexp.MustCompile("^[!#%&'*+.^_`|~0-9A-Za-z-][!#$%&'*+.^_`|~0-9A-Za-z-]*")

// values takes a list in parentheses.
func (p *parser) values() (values []string, err error) {
	if p.skip(); !strings.HasPrefix(p.left(), "(") {
		return nil, p.wrong("expected values in parentheses, such as (done, failed)")
	}
	for p.at++; ; p.at++ {
		p.skip()
		if strings.HasPrefix(p.left(), ")") && len(values) == 0 {
			p.at++
			return nil, nil
		}
		value, err := p.value()
		if err != nil {
			return nil, err
		}
		values = append(values, value)
		if p.skip(); strings.HasPrefix(p.left(), ")") {
			p.at++
			return values, nil
		}
		if !strings.HasPrefix(p.left(), ",") {
			return nil, p.wrong("expected , or ) after a value")
		}
	}
}

// value takes one of a list, which may have spaces in it: in progress.
func (p *parser) value() (string, error) {
	if quoted(p.left()) {
		return p.quotation()
	}
	value := p.left()
	if at := strings.IndexAny(value, "(),"); at >= 0 {
		value = value[:at]
	}
	value = strings.TrimRight(value, spaces)
	if value == "" {
		return "", p.wrong(`expected a value; the empty one is ""`)
	}
	p.at += len(value)
	return value, nil
}

// one takes the value after = or !=: a word.
func (p *parser) one() ([]string, error) {
	if p.skip(); quoted(p.left()) {
		value, err := p.quotation()
		return []string{value}, err
	}
	value := p.left()
	if at := strings.IndexAny(value, spaces); at >= 0 {
		value = value[:at]
	}
	if value == "" {
		return nil, p.wrong("expected a value")
	}
	p.at += len(value)
	return []string{value}, nil
}
