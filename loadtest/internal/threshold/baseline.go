package threshold

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"gregaria/loadtest/internal/analysis"
)

// baseline stands in a limit for what an earlier run has: 'p95 <= baseline * 1.10', or 'p95 <= baseline + 10%'.
const baseline = "baseline"

// A Base is an earlier run that checks compare with.
type Base struct {
	Run      *analysis.Run
	Findings *analysis.Findings
	// Differs says in what it was another load than the one that is compared with it, "" for nothing.
	Differs string
}

// Comparing is the first of the checks that wants a baseline, "" if none does.
func Comparing(checks []Check) string {
	for _, c := range checks {
		if c.Limit.Baseline {
			return c.Text
		}
	}
	return ""
}

// parseBaseline reads how many times the baseline a limit is.
func parseBaseline(text string) (Quantity, error) {
	rest := strings.TrimSpace(strings.TrimPrefix(text, baseline))
	if rest == "" {
		return Quantity{Number: 1, Baseline: true}, nil
	}
	sign, number := rest[0], strings.TrimSpace(rest[1:])
	percent, isPercent := strings.CutSuffix(number, "%")
	value, err := strconv.ParseFloat(strings.TrimSpace(percent), 64)
	switch {
	case strings.Trim(percent, "0123456789. ") != "" || err != nil || math.IsInf(value, 0):
	case sign == '*' && !isPercent && value > 0:
		return Quantity{Number: value, Baseline: true}, nil
	case sign == '+' && isPercent:
		return Quantity{Number: 1 + value/100, Baseline: true}, nil
	case sign == '-' && isPercent && value < 100:
		return Quantity{Number: 1 - value/100, Baseline: true}, nil
	}
	return Quantity{}, fmt.Errorf("%q is no limit: write %s, %s * 1.10 or %s + 10%%", text, baseline, baseline, baseline)
}

// fitBaseline sees that a measure can be compared with an earlier one.
func (c *Check) fitBaseline() error {
	if c.Measure.Slope {
		return errors.New("growth is near 0 where all is well, so that nothing is a part of it: give it a limit of its own, such as 1MB/min")
	}
	return nil
}

// natural is the unit in which a limit is shown that was written without one.
func (d dimension) natural() string {
	for _, u := range d.units {
		if u.factor == 1 && u.name != "" {
			return u.name
		}
	}
	return ""
}

// against is the limit in the base of the dimension, and in words: that of the check, or what the earlier runs have, their median where they are several.
func (c Check) against(bases []Base) (limit float64, words, why string) {
	if !c.Limit.Baseline {
		return c.base(), "", ""
	}
	if len(bases) == 0 {
		return 0, "", "there is no baseline"
	}
	var values []float64
	for _, b := range bases {
		if b.Differs != "" {
			return 0, "", "the baseline was another load: " + b.Differs
		}
		r := c.read(b.Run, b.Findings)
		if r.missing || math.IsNaN(r.value) || math.IsInf(r.value, 0) {
			return 0, "", "the baseline has no value: " + r.why
		}
		values = append(values, r.value)
	}
	slices.Sort(values)
	n := len(values)
	median := (values[(n-1)/2] + values[n/2]) / 2
	d := c.Measure.dimension("")
	words = fmt.Sprintf("%s of the baseline", d.shown(median, d.natural()))
	if n > 1 {
		words = fmt.Sprintf("%s of %d runs of the baseline", d.shown(median, d.natural()), n)
	}
	return median * c.Limit.Number, words, ""
}
