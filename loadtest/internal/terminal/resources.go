package terminal

import (
	"strconv"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/glyph"
)

// resources is what each host did while the load ran: average and most.
func resources(all []analysis.Resource, o Options) string {
	if len(all) == 0 {
		return ""
	}
	t := table{left: 1, header: []string{"What", "average", "max"}}
	hosts := all[0].Host != all[len(all)-1].Host
	if hosts {
		t = table{left: 2, header: []string{"Host", "What", "average", "max"}}
	}
	for _, r := range all {
		row := []cell{{text: r.What}, {text: amount(r.Average, r.Unit)}, {text: amount(r.Max, r.Unit)}}
		if hosts {
			row = append([]cell{{text: glyph.Clean(r.Host)}}, row...)
		}
		t.rows = append(t.rows, row)
	}
	return t.shown(o)
}

// amount is a number with its unit, and with as many digits as that is read with.
func amount(v float64, unit string) string {
	digits := map[string]int{"GB": 1, "cores": 2}[unit]
	text := strconv.FormatFloat(v, 'f', digits, 64)
	if unit == "" {
		return text
	}
	return text + " " + unit
}
