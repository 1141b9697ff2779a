package threshold

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"gregaria/internal/spelling"
	"gregaria/internal/timing"
)

// operatorLetters are those that an operator can begin with.
const operatorLetters = "<>=!~≤≥"

// Parse reads checks, or says in one line what is wrong with the first that is.
//
//	check     = [ endpoint ": " ] measure operator limit [ "over" ( "steady" | "all" ) ]
//	measure   = [ "job" | "stream" ] ( statistic | phase statistic | count ) | column [ "_slope" ] [ "@" host ] [ statistic ] | series [ statistic ]
//	series    = name [ "_slope" ] "{" [ label ( "=" | "!=" | "=~" | "!~" ) value { "," ... } ] "}"
//	statistic = "p" number | "median" | "avg" | "min" | "max" | "sum"
//	limit     = number [ unit ] | "baseline" [ "*" number | ( "+" | "-" ) number "%" ]
func Parse(texts []string) ([]Check, error) {
	var checks []Check
	for _, text := range texts {
		check, err := parse(text)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", strings.TrimSpace(text), err)
		}
		checks = append(checks, check)
	}
	return checks, nil
}

func parse(text string) (Check, error) {
	text = strings.TrimSpace(text)
	c := Check{Text: text}
	if strings.ContainsFunc(text, unicode.IsControl) {
		return c, errors.New("a check is one line of text")
	}
	series, rest, ofSeries, err := cutSeries(text)
	if err == nil && !ofSeries {
		rest, err = c.cutEndpoint(text)
	}
	if err != nil {
		return c, err
	}
	left, right, err := c.cut(rest)
	if err != nil {
		return c, err
	}
	if words := strings.Fields(left); ofSeries {
		c.Measure, err = parseSeries(series, words)
	} else {
		c.Measure, err = parseMeasure(words)
	}
	if err != nil {
		return c, err
	}
	if c.Limit, err = parseQuantity(right); err != nil {
		return c, err
	}
	return c, c.fit()
}

// cutEndpoint takes the endpoint with which a text may begin, and returns the rest. An endpoint may have colons, what comes behind it has none.
func (c *Check) cutEndpoint(text string) (rest string, err error) {
	i := strings.LastIndex(text, ": ")
	if i < 0 {
		return text, nil
	}
	c.Endpoint, rest = strings.TrimSpace(text[:i]), text[i+2:]
	if c.Endpoint == "" {
		return "", errors.New("there is no endpoint before the colon")
	}
	if _, _, ofSeries, _ := cutSeries(strings.TrimLeft(rest, " ")); ofSeries {
		return "", errors.New("a series is what a server says of itself, and of no request: choose with its labels")
	}
	if c.Endpoint == timing.Aggregated {
		c.Endpoint = ""
	}
	return rest, nil
}

// cut finds the operator and the window, and returns what is before the one and between both.
func (c *Check) cut(rest string) (left, right string, err error) {
	at := strings.IndexAny(rest, operatorLetters)
	if at < 0 {
		return "", "", fmt.Errorf("it compares nothing: write it like '%s < 800ms', with <, <=, > or >=", strings.TrimSpace(rest))
	}
	left, right = rest[:at], strings.TrimLeft(rest[at:], operatorLetters)
	c.Op = Operator(rest[at : len(rest)-len(right)])
	switch c.Op {
	case Below, AtMost, Above, AtLeast:
	default:
		return "", "", fmt.Errorf("%q is no operator here: take <, <=, > or >=", c.Op)
	}
	limit, window, found := strings.Cut(right, " over ")
	if !found {
		return left, right, nil
	}
	c.Over = Window(strings.TrimSpace(window))
	if c.Over != Steady && c.Over != All {
		return "", "", fmt.Errorf("%q is no part of a run: write over %s or over %s", c.Over, Steady, All)
	}
	return left, limit, nil
}

// fit sees that the parts of a check go together.
func (c *Check) fit() (err error) {
	m := c.Measure
	if c.Endpoint != "" && !m.ofRequests() {
		return fmt.Errorf("%s is of a machine and not of the requests %q: of another machine it is written %s@host", m, c.Endpoint, m.Name)
	}
	if c.Endpoint != "" && (m.Name == exceptions || m.Name == missed) {
		return fmt.Errorf("%s are not counted by endpoint: leave %q out", m.Name, c.Endpoint)
	}
	if c.Over == "" {
		c.Over = m.window()
	}
	if c.Over == Steady && m.Name == exceptions {
		return errors.New("exceptions have no times in Locust: leave 'over steady' out")
	}
	if c.Over == All && m.Slope {
		return fmt.Errorf("%s is how something grows while the load is steady: leave 'over all' out", m)
	}
	if c.Limit.Baseline {
		return c.fitBaseline()
	}
	if c.Limit, err = m.dimension(c.Limit.Unit).fit(c.Limit, m.String()); err != nil {
		return err
	}
	if m.Name == failRatio && c.base() > 100 {
		return fmt.Errorf("%s is at most 1: write %g as %g%%", failRatio, c.Limit.Number, c.Limit.Number)
	}
	return nil
}

// base is the limit in the base of its dimension.
func (c Check) base() float64 {
	factor, _ := c.Measure.dimension(c.Limit.Unit).factor(c.Limit.Unit)
	return c.Limit.Number * factor
}

// parseMeasure reads what stands before the operator.
func parseMeasure(words []string) (Measure, error) {
	var m Measure
	if len(words) > 1 && (strings.EqualFold(words[0], Job) || strings.EqualFold(words[0], Stream)) {
		m.Kind, words = strings.ToLower(words[0]), words[1:]
	}
	if len(words) == 0 {
		return m, errors.New("it says nothing to measure: write it like 'p95 < 800ms'")
	}
	if len(words) > 2 || strings.ContainsAny(strings.Join(words, ""), "()") {
		return m, fmt.Errorf("%q is too much to measure: write one name and perhaps a statistic, such as 'cpu_percent max', 'wait p95' or 'POST /a: p99'", strings.Join(words, " "))
	}
	if s, found := parseStatistic(words[0]); found && len(words) == 1 && s != Sum {
		m.Name, m.Statistic = response, s
		return m, nil
	}
	if len(words) == 2 {
		s, found := parseStatistic(words[1])
		if !found {
			return m, fmt.Errorf("%q is no statistic: take p50 to p99.9, median, avg, min or max, for columns also sum%s", words[1], meant(words[1], []string{"median", "avg", "min", "max", "p95", "p99"}))
		}
		m.Statistic = s
	}
	return m.named(words[0])
}

// named finds what a name means.
func (m Measure) named(word string) (Measure, error) {
	lower := strings.ToLower(word)
	if _, counted := counts()[lower]; counted {
		m.Name = lower
		switch {
		case m.Statistic != "":
			return m, fmt.Errorf("%s is one number, there is no %s of it: leave %s out", m.Name, m.Statistic, m.Statistic)
		case m.Kind != "" && (m.Name == exceptions || m.Name == missed):
			return m, fmt.Errorf("%s are no requests: leave %q out", m.Name, m.Kind)
		}
		return m, nil
	}
	if phase, found := phaseOf(lower); found {
		m.Name = lower
		if !slices.Contains(timing.Windows(), phase) {
			return m, fmt.Errorf("%s has percentiles of single seconds alone, which make none of a run: take response, wait, connect, tls, first_event, gap, scheduled or lateness", m.Name)
		}
		if m.Statistic == "" || m.Statistic == Sum {
			return m, fmt.Errorf("%s has many values: say which, such as '%s p95', median, avg, min or max", m.Name, m.Name)
		}
		return m, nil
	}
	if m.Kind != "" {
		return m, fmt.Errorf("%q is nothing that is measured of a %s%s: take p95, rps, requests, failures or fail_ratio", word, m.Kind, meant(lower, requestNames()))
	}
	return m.column(word)
}

// meant names what somebody may have meant, as "; did you mean p95?".
func meant(word string, names []string) string {
	if nearest := spelling.Nearest(word, names, 2+len(word)/4); nearest != "" {
		return "; did you mean " + nearest + "?"
	}
	return ""
}
