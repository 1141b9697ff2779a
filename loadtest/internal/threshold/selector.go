package threshold

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"gregaria/internal/service"
)

// A matcher is a condition for the labels of a series, as PromQL has them: method="GET", status!="200", handler=~"/api/.*", handler!~".*health".
type matcher struct {
	label, op, value string
	pattern          *regexp.Regexp // of =~ and !~: the whole value has to match
}

// instance is the label that says of which server a series is, by host and port: as Prometheus has it.
const instance = "instance"

var (
	seriesName = regexp.MustCompile(`^[a-zA-Z_:][a-zA-Z0-9_:]*`)
	labelMatch = regexp.MustCompile(`^\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*(=~|!~|!=|=)\s*`)
)

// cutSeries cuts the series off with which a text begins, NAME{LABELS}, in the one way in which it is written. Not ok is a text that begins with none, such as that of an
// endpoint with braces in it.
func cutSeries(text string) (series, rest string, ok bool, err error) {
	name := seriesName.FindString(text)
	if name == "" || !strings.HasPrefix(text[len(name):], "{") {
		return "", "", false, nil
	}
	matchers, rest, err := parseMatchers(text[len(name)+1:])
	if strings.HasPrefix(rest, ":") || err != nil && strings.Contains(text, ": ") {
		return "", "", false, nil
	}
	if err != nil {
		return "", "", false, fmt.Errorf("%s: %w", name, err)
	}
	var texts []string
	for _, m := range matchers {
		texts = append(texts, m.label+m.op+strconv.Quote(m.value))
	}
	return name + "{" + strings.Join(texts, ",") + "}", rest, true, nil
}

// errLabels is a text in braces that is none of labels.
var errLabels = errors.New(`labels are written NAME{label="value",other=~"regex"}`)

// parseMatchers reads what stands behind an opening brace, up to the closing one.
func parseMatchers(text string) (all []matcher, rest string, err error) {
	for {
		text = strings.TrimLeft(text, " ")
		if strings.HasPrefix(text, "}") {
			return all, text[1:], nil
		}
		found := labelMatch.FindStringSubmatch(text)
		if found == nil {
			return nil, "", errLabels
		}
		m := matcher{label: found[1], op: found[2]}
		if m.value, text, err = unquoteValue(text[len(found[0]):]); err != nil {
			return nil, "", err
		}
		if strings.HasSuffix(m.op, "~") {
			if m.pattern, err = regexp.Compile("^(?:" + m.value + ")$"); err != nil {
				return nil, "", fmt.Errorf("%q is no regular expression", m.value)
			}
		}
		all = append(all, m)
		text = strings.TrimLeft(text, " ")
		switch {
		case strings.HasPrefix(text, ","):
			text = text[1:]
		case !strings.HasPrefix(text, "}"):
			return nil, "", errLabels
		}
	}
}

// unquoteValue reads a value in double or single quotes.
func unquoteValue(text string) (value, rest string, err error) {
	if text == "" || text[0] != '"' && text[0] != '\'' {
		return "", "", errLabels
	}
	quote := text[0]
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case quote:
			inner := text[1:i]
			if quote == '\'' {
				inner = strings.ReplaceAll(strings.ReplaceAll(inner, `\'`, `'`), `"`, `\"`)
			}
			if value, err = strconv.Unquote(`"` + inner + `"`); err != nil {
				return "", "", errLabels
			}
			return value, text[i+1:], nil
		}
	}
	return "", "", errLabels
}

// A selector is what a check says of series: their name, and conditions for their labels.
type selector struct {
	name     string
	matchers []matcher
}

// selector is that of a measure that is one of series.
func (m Measure) selector() selector {
	name, labels, _ := strings.Cut(m.Name, "{")
	matchers, _, _ := parseMatchers(labels) // it was read once
	return selector{name, matchers}
}

// ofSeries says that the measure is what servers say of themselves.
func (m Measure) ofSeries() bool { return strings.Contains(m.Name, "{") }

// matches reports whether a server's labels keep all conditions. A label that is not there is empty.
func (s selector) matches(target, labels string) bool {
	values := map[string]string{}
	if at, err := url.Parse(target); err == nil {
		values[instance] = at.Host
	}
	for name, value := range service.Labels(labels) {
		values[name] = value
	}
	for _, m := range s.matchers {
		value := values[m.label]
		holds := value == m.value
		if m.pattern != nil {
			holds = m.pattern.MatchString(value)
		}
		if holds == strings.HasPrefix(m.op, "!") {
			return false
		}
	}
	return true
}
