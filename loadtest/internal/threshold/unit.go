package threshold

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A Quantity is a number with a unit as a person writes it: 800 and "ms". Of a limit that is Baseline, Number is how many times what the baseline has.
type Quantity struct {
	Number   float64
	Unit     string
	Baseline bool
}

func (q Quantity) String() string {
	number := strconv.FormatFloat(q.Number, 'f', -1, 64)
	switch {
	case q.Baseline && q.Number == 1:
		return baseline
	case q.Baseline:
		return baseline + " * " + number
	}
	return number + q.Unit
}

// A dimension is what kind of value something is. Each has a base, the unit in which values are compared.
type dimension struct {
	// name is a noun with its article, and example a limit that fits.
	name, example string
	units         []unit
}

// A unit is factor times the base of its dimension.
type unit struct {
	name   string
	factor float64
}

// The dimensions. A unit without a name is a plain number: only where nobody can mean another one. KB, MB and GB are powers of 1024, as in
// the metrics CSV.
func duration() dimension {
	return dimension{"a time", "800ms", []unit{{"us", 1e-3}, {"ms", 1}, {"s", 1e3}, {"min", 60e3}, {"h", 3600e3}}}
}

func share() dimension { return dimension{"a share", "1%", []unit{{"%", 1}, {"", 100}}} }

func percentage() dimension { return dimension{"a percentage", "90%", []unit{{"%", 1}, {"", 1}}} }

func count() dimension { return dimension{"a count", "100", []unit{{"", 1}}} }

func rate() dimension {
	return dimension{"a number per second", "50/s", []unit{{"", 1}, {"/s", 1}, {"/min", 1. / 60}, {"/h", 1. / 3600}}}
}

func size() dimension {
	return dimension{"a size", "512MB", []unit{{"B", 1. / (1 << 20)}, {"KB", 1. / (1 << 10)}, {"MB", 1}, {"GB", 1 << 10}, {"TB", 1 << 20}}}
}

func sizeRate() dimension {
	return dimension{"a size per second", "10MB/s", []unit{{"B/s", 1. / (1 << 20)}, {"KB/s", 1. / (1 << 10)}, {"MB/s", 1}, {"GB/s", 1 << 10}}}
}

func cores() dimension {
	return dimension{"a number of cores", "1.5cores", []unit{{"", 1}, {"cores", 1}}}
}

func plain(name, unitName string) dimension {
	return dimension{name, "100" + unitName, []unit{{"", 1}, {unitName, 1}}}
}

// perTime is the dimension of a slope: what d is, by the minute.
func (d dimension) perTime() dimension {
	slope := dimension{"growth of " + d.name, "", nil}
	for _, u := range d.units {
		for _, t := range []unit{{"/s", 60}, {"/min", 1}, {"/h", 1. / 60}} {
			slope.units = append(slope.units, unit{u.name + t.name, u.factor * t.factor})
		}
	}
	number := strings.TrimRight(d.example, "%/ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
	slope.example = strings.Replace(d.example, number, "1", 1) + "/min"
	return slope
}

// factor is how many of the base a unit is.
func (d dimension) factor(name string) (float64, bool) {
	for _, u := range d.units {
		if u.name == name {
			return u.factor, true
		}
	}
	return 0, false
}

// written is the name of a unit as the dimension has it, however it is spelt: mb for MB, KiB for KB.
func (d dimension) written(name string) (string, bool) {
	if _, exact := d.factor(name); exact {
		return name, true
	}
	for _, u := range d.units {
		if strings.EqualFold(u.name, strings.Replace(name, "iB", "B", 1)) {
			return u.name, true
		}
	}
	return "", false
}

// unitNames are the units of a dimension, for people.
func (d dimension) unitNames() string {
	var names []string
	for _, u := range d.units {
		if u.name != "" {
			names = append(names, u.name)
		}
	}
	return strings.Join(names, ", ")
}

// parseQuantity reads a limit. The unit is checked later, when it is known of what the limit is.
func parseQuantity(text string) (Quantity, error) {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, baseline) {
		return parseBaseline(text)
	}
	end := 0
	for end < len(text) && (text[end] >= '0' && text[end] <= '9' || text[end] == '.' || end == 0 && (text[end] == '-' || text[end] == '+')) {
		end++
	}
	number, err := strconv.ParseFloat(text[:end], 64)
	if err != nil || math.IsInf(number, 0) {
		return Quantity{}, fmt.Errorf("%q is no limit: write a number and its unit, such as 800ms, 1%% or 50", text)
	}
	if number == 0 {
		number = 0 // and not -0
	}
	return Quantity{Number: number, Unit: strings.TrimSpace(text[end:])}, nil
}

// fit puts the unit of a limit into the words of the dimension, or says why it does not fit.
func (d dimension) fit(q Quantity, of string) (Quantity, error) {
	name, found := d.written(q.Unit)
	switch {
	case found:
		return Quantity{Number: q.Number, Unit: name}, nil
	case q.Unit == "":
		return q, fmt.Errorf("%s is %s and %s has no unit: write it like %s (%s)", of, d.name, q, d.example, d.unitNames())
	case d.unitNames() == "":
		return q, fmt.Errorf("%s is %s, which %q does not fit: write it like %s", of, d.name, q.Unit, d.example)
	}
	return q, fmt.Errorf("%s is %s, which %q does not fit: write it like %s (%s)", of, d.name, q.Unit, d.example, d.unitNames())
}

// shown is a value in a unit of the dimension, with three significant digits.
func (d dimension) shown(base float64, unitName string) string {
	factor, _ := d.factor(unitName)
	if factor == 0 {
		factor = 1
	}
	text := digits(base / factor)
	switch {
	case unitName == "" || unitName[0] == '/':
		return text + unitName
	}
	return text + " " + unitName
}

// digits writes a number with three significant digits, and whole ones with all of theirs.
func digits(v float64) string {
	if whole := math.Round(v); math.Abs(v) >= 100 || v == whole {
		return strconv.FormatFloat(whole, 'f', -1, 64)
	}
	text := strconv.FormatFloat(v, 'g', 3, 64)
	if short, err := strconv.ParseFloat(text, 64); err == nil && math.Abs(v) >= 1e-4 {
		return strconv.FormatFloat(short, 'f', -1, 64)
	}
	return text
}
