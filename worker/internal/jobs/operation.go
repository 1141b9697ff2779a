package jobs

import "strings"

// operation takes what a condition asks of its path.
func (p *parser) operation(c *Condition) (err error) {
	p.skip()
	start := p.at
	switch {
	case p.word("exists"):
		c.Is = Exists
		return nil
	case p.word("in"):
		c.Is = In
		c.Values, err = p.values()
	case p.word("not"):
		if p.skip(); !p.word("in") {
			return p.wrong("expected in after not")
		}
		c.Is = NotIn
		c.Values, err = p.values()
	case strings.HasPrefix(p.left(), "="), strings.HasPrefix(p.left(), "!="):
		c.Is = In
		if p.left()[0] == '!' {
			c.Is = NotIn
			p.at++
		}
		p.at += len(p.left()) - len(strings.TrimLeft(p.left(), "="))
		c.Values, err = p.one()
	default:
		return p.wrong("expected a condition: in (a, b), not in (a, b), = a, != a, or exists")
	}
	if err == nil && len(c.Values) == 0 {
		p.at = start
		return p.wrong("the condition has no value")
	}
	return err
}

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
