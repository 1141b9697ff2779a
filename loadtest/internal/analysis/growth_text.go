package analysis

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"gregaria/internal/timing"
)

// mainShare is the part of all requests from which on an endpoint gives its name to what a request leaves behind.
const mainShare = 0.8

// sayGrowth says what leaks, what does not, and what cannot be said.
func sayGrowth(run *Run, all []watched) []Finding {
	var leaks []Finding
	var short, flat []watched
	memory := false // the process's own, so that the container's is no second leak
	for _, w := range all {
		switch {
		case w.growth.Outcome == TooShort:
			short = append(short, w)
		case w.growth.Outcome == NoLeak:
			flat = append(flat, w)
		case memory && strings.HasPrefix(w.what, "working set"):
		default:
			memory = memory || strings.HasPrefix(w.what, "memory of") && w.unit == "MB"
			leaks = append(leaks, run.sayLeak(w))
		}
	}
	if len(short) > 0 {
		leaks = append(leaks, sayShort(short))
	}
	if len(flat) > 0 {
		leaks = append(leaks, sayFlat(flat))
	}
	return leaks
}

// sayLeak is one finding of one leak.
func (run *Run) sayLeak(w watched) Finding {
	g := w.growth
	per := ""
	if p := g.PerRequest; p != nil {
		each := run.perMain(g)
		per = ", " + each + run.alone(g, p.Value)
		if c := g.PerEndpoint; c != nil {
			per = fmt.Sprintf(", %s: it follows the requests of %s, %.3g %s each (95 %% interval %.3g to %.3g)", each, timing.Called(c.Type, c.Name), c.Amount.Value, g.Unit, c.Amount.Low, c.Amount.High)
		}
	}
	verb := map[bool]string{false: "leaks", true: "leak"}[w.many]
	title := fmt.Sprintf("%s %s", upper(g.What), verb)
	if each := run.LeftBehind(g); each != "" {
		title += ": " + each
	}
	text := fmt.Sprintf("%s grew %s a minute (95 %% interval %s to %s) through %s of steady load, %s%s, %s.", upper(g.What), amount(g.Slope.Value, g.Unit),
		shortNumber(g.Slope.Low), shortNumber(g.Slope.High), spell(w.windows.seconds), fromTo(g.First, g.Last, g.Unit), per, run.stayed(g))
	if w.windows.restarts > 0 {
		text += fmt.Sprintf(" The process was started anew %s in that time; what each one grew is counted.", timesInWords(w.windows.restarts))
	}
	evidence := []Evidence{{
		File: g.File, Column: g.Column, From: g.From, To: g.To, Value: g.Slope.Value, Unit: g.Unit + "/min",
		Rule: "Theil-Sen slope; the 95 % interval of its block bootstrap is above 0.5 % of the level a minute, and the second half has at least half of the slope",
	}}
	if c := g.PerEndpoint; c != nil {
		evidence = append(evidence, Evidence{
			File: run.Total.Requests.File, Column: run.Total.Requests.Column, From: g.From, To: g.To, Value: c.Amount.Value, Unit: g.Unit + "/request",
			Rule: "what came in pieces of 5 s, fitted by the requests of each endpoint in them: this one explains 80 % or more, each other one less than 20 % (upper ends of the intervals)",
		})
	}
	if g.Stayed != nil {
		evidence = append(evidence, Evidence{
			File: g.File, Column: g.Column, From: run.Ended + 1, To: run.Start + int64(run.Seconds) - 1, Value: 100 * *g.Stayed, Unit: "%",
			Rule: "at least half of the growth is still there after the load",
		})
	}
	return Finding{Kind: KindGrowth, Level: Bad, Clear: g.Stayed != nil, Title: title, Text: text, Evidence: evidence}
}

// LeftBehind is what a request of a leak leaves behind: "1.0 MB per POST /api/v1/story" where it is known whose requests they are, else "0.27 MB per request"; "" of what is no leak.
func (run *Run) LeftBehind(g Growth) string {
	switch c := g.PerEndpoint; {
	case g.Outcome != Leak || g.PerRequest == nil:
		return ""
	case c != nil:
		return fmt.Sprintf("%s per %s", amount(c.Amount.Value, g.Unit), timing.Called(c.Type, c.Name))
	}
	return run.perMain(g)
}

// perMain is a growth by all requests, named after what nearly all of them are.
func (run *Run) perMain(g Growth) string {
	return fmt.Sprintf("%s per %s", amount(g.PerRequest.Value, g.Unit), run.mainRequest())
}

// stayed says what became of the growth.
func (run *Run) stayed(g Growth) string {
	switch {
	case g.Stayed == nil:
		return "and whether it fell after the load ended was not watched"
	case *g.Stayed >= 0.9:
		return "and did not fall after the load ended"
	}
	return fmt.Sprintf("and %.0f %% of it was still there %d s after the load ended", 100**g.Stayed, run.Start+int64(run.Seconds)-1-run.Ended)
}

// sayShort is one finding of all that cannot be said, in a sentence: why of each is in the table of what was watched.
func sayShort(short []watched) Finding {
	needed, f := 0, Finding{Kind: KindGrowth, Level: Warn, Title: "Too short to say whether something leaks"}
	if len(short) == 1 {
		leaks := "leaks"
		if short[0].many {
			leaks = "leak"
		}
		f.Title = fmt.Sprintf("Too short to say whether %s %s", short[0].growth.What, leaks)
	}
	for _, w := range short {
		g := w.growth
		needed = max(needed, g.Needed)
		f.Evidence = append(f.Evidence, Evidence{File: g.File, Column: g.Column, From: g.From, To: g.To, Value: g.Slope.Value, Unit: g.Unit + "/min", Rule: g.Why})
	}
	f.Text = fmt.Sprintf("%s; about %s of steady load would decide.", seenOf(short), spell(needed))
	if needed >= neededMost {
		f.Text = fmt.Sprintf("%s; at this noise not even %s of steady load would decide.", seenOf(short), spell(neededMost))
	}
	return f
}

// seenOf is what was seen of what cannot be said: the first that grew, or how long the load was steady.
func seenOf(short []watched) string {
	if at := slices.IndexFunc(short, func(w watched) bool { return w.growth.Slope.Low > 0 }); at >= 0 {
		g, w := short[at].growth, short[at].windows
		return fmt.Sprintf("%s grew %s a minute in %s (95 %% interval %s to %s)", upper(g.What), amount(g.Slope.Value, g.Unit), spell(w.seconds), shortNumber(g.Slope.Low), shortNumber(g.Slope.High))
	}
	if w := short[0].windows; w.seconds > 0 {
		return spell(w.seconds) + " were not enough"
	}
	return "The users changed all the time"
}

// sayFlat is one finding of all that does not leak.
func sayFlat(flat []watched) Finding {
	f := Finding{Kind: KindGrowth, Level: Good, Clear: true, Title: "No leak"}
	var names []string
	for _, w := range flat {
		g := w.growth
		names = append(names, g.What)
		f.Evidence = append(f.Evidence, Evidence{File: g.File, Column: g.Column, From: g.From, To: g.To, Value: g.Slope.Value, Unit: g.Unit + "/min", Rule: g.Why})
	}
	f.Text = fmt.Sprintf("%s did not grow, or by less than a leak does, over %s of steady load.", upper(enumerate(names)), spell(flat[0].windows.seconds))
	return f
}

// alone says what one of the endpoints would leave behind, if it did it all: of those that change something, or else of all, the most frequent one. Nothing where all
// requests are nearly one endpoint's anyhow.
func (run *Run) alone(g Growth, each float64) string {
	if run.mainRequest() != anyRequest {
		return ""
	}
	all, name, most := run.all(), "", 0
	for _, reads := range []bool{false, true} {
		for _, e := range run.Endpoints {
			if n := total(e.Requests); n > most && n*10 >= all && n <= all && timing.Sent(e.Type) && (e.Type == "GET") == reads {
				name, most = timing.Called(e.Type, e.Name), n
			}
		}
		if name != "" {
			return fmt.Sprintf(" (%s per %s, if it alone leaks)", amount(each*float64(all)/float64(most), g.Unit), name)
		}
	}
	return ""
}

// all are the requests of the whole run.
func (run *Run) all() int { return int(run.sent(run.Start, run.Start+int64(run.Seconds)-1)) }

// anyRequest stands for what is no single endpoint.
const anyRequest = "request"

// mainRequest names what nearly all requests are, "request" where there is no such endpoint.
func (run *Run) mainRequest() string {
	all := run.all()
	for _, e := range run.Endpoints {
		if own := total(e.Requests); all > 0 && float64(own) >= mainShare*float64(all) && own <= all && e.Name != "" && timing.Sent(e.Type) {
			return timing.Called(e.Type, e.Name)
		}
	}
	return anyRequest
}

// fromTo are two levels, with as many digits as show that they differ.
func fromTo(first, last float64, unit string) string {
	decimals := 0
	for apart := math.Abs(last - first); decimals < 4 && apart > 0 && apart*math.Pow10(decimals) < 10; decimals++ {
	}
	text := func(level float64) string {
		return strconv.FormatFloat(math.Max(0, level), 'f', decimals, 64) // a line through what begins with none may begin below it
	}
	return fmt.Sprintf("from %s to %s %s", text(first), text(last), unit)
}

// enumerate is "memory, open files and threads of uvicorn": what follows the last "of" is said once where it is the same.
func enumerate(names []string) string {
	if len(names) == 1 {
		return names[0]
	}
	whose := ""
	if at := strings.LastIndex(names[0], " of "); at >= 0 {
		whose = names[0][at:]
	}
	short := make([]string, len(names))
	for i, name := range names {
		own, same := strings.CutSuffix(name, whose)
		if !same {
			whose, short = "", names
			break
		}
		short[i] = own
	}
	return strings.Join(short[:len(short)-1], ", ") + " and " + short[len(short)-1] + whose
}

// amount is a number with its unit, in the smaller unit where it is below a hundredth.
func amount(value float64, unit string) string {
	small := map[string]string{"GB": "MB", "MB": "KB"}[unit]
	if size := math.Abs(value); small != "" && size > 0 && size < 0.01 {
		return amount(value*1024, small)
	}
	return shortNumber(value) + " " + unit
}

// shortNumber has two digits that count, or all before the point: 0.98, 1.2, 59, 1430.
func shortNumber(value float64) string {
	size := math.Abs(value)
	switch {
	case size == 0 || math.IsNaN(value) || math.IsInf(value, 0):
		return strconv.FormatFloat(value, 'f', -1, 64)
	case size >= 10:
		return strconv.FormatFloat(value, 'f', 0, 64)
	}
	decimals := min(6, 1-int(math.Floor(math.Log10(size*1.005)))) // 0.0999 is 0.10
	return strconv.FormatFloat(value, 'f', decimals, 64)
}

// spell is a time as people say it.
func spell(seconds int) string {
	switch {
	case seconds < 120:
		return fmt.Sprintf("%d s", seconds)
	case seconds < 7200 && seconds%60 == 0:
		return fmt.Sprintf("%d min", seconds/60)
	case seconds < 7200:
		return fmt.Sprintf("%d min %d s", seconds/60, seconds%60)
	}
	return strings.TrimSuffix(fmt.Sprintf("%d h %d min", seconds/3600, seconds%3600/60), " 0 min")
}

func timesInWords(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}
