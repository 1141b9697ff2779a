package analysis

import "fmt"

// lawFindings are what the laws say in sentences.
func (v *view) lawFindings(laws Laws, t turn) (findings []Finding) {
	if laws.Parallelism != nil {
		findings = append(findings, v.parallelFinding(laws, t))
		if laws.ThinkTime != nil {
			findings = append(findings, v.kneeFinding(laws, t))
		}
	}
	if f, said := v.uslFinding(laws); said {
		findings = append(findings, f)
	}
	return findings
}

// kneeFinding says from how many users on requests wait for each other: by the laws, and as it was seen.
func (v *view) kneeFinding(laws Laws, t turn) Finding {
	x, s, z := laws.Throughput.Value, laws.ServiceTime.Value, *laws.ThinkTime
	return Finding{
		Kind: KindKnee, Level: Note, Clear: true, At: t.at, Title: fmt.Sprintf("Up to about %s users hardly a request waits for another", number(t.users)),
		Text: fmt.Sprintf("By the laws, %s requests/s x (%s ms at low load + %s ms between requests) = %s users; throughput turned at %s. Each further user adds %s ms to every request.",
			number(x), number(s), number(z), number(x*(s+z)/1000), number(t.users), number(1000/x)),
		Evidence: v.turnEvidence(t),
	}
}

// turnEvidence is where the turn can be seen.
func (v *view) turnEvidence(t turn) []Evidence {
	run := v.run
	return []Evidence{
		{run.Users.File, run.Users.Column, t.low, t.high, t.users, "users", "two lines through throughput over users fit better than one"},
		{run.Total.Requests.File, run.Total.Requests.Column, t.at, run.Ended, t.plateau, "requests/s", "slope of throughput over users below a tenth of what it was"},
		{run.Total.P95.File, run.Total.P95.Column, t.at, run.Ended, t.p95After, "ms", "p95 rises beyond its noise"},
	}
}

// parallelFinding says how many requests the server works on at once.
func (v *view) parallelFinding(laws Laws, t turn) Finding {
	m := laws.Parallelism
	f := Finding{
		Kind: KindParallelism, Level: Note, At: t.at,
		Title: fmt.Sprintf("The server works on %s requests at once", atOnce(m)),
		Text: fmt.Sprintf("%s requests/s at most, times %s ms at low load (%s), is %.2f (95 %% interval %.2f to %.2f).",
			number(laws.Throughput.Value), number(laws.ServiceTime.Value), laws.LowLoad, m.Value, m.Low, m.High),
		Evidence: []Evidence{
			{v.run.Total.Requests.File, v.run.Total.Requests.Column, v.run.Began, v.run.Ended, laws.Throughput.Value, "requests/s", "X, the highest that lasted"},
			{v.run.Total.P50.File, v.run.Total.P50.Column, v.run.Began, v.run.Ended, laws.ServiceTime.Value, "ms", "S, " + laws.LowLoad},
		},
	}
	if k, near := whole(m); near {
		f.Clear = true
		f.Title = "The server behaves as " + pool(k)
	}
	return f
}

// atOnceWide is from which ratio of its ends on an interval is told in place of the value in it.
const atOnceWide = 1.5

// atOnce is a parallelism that is near to no whole number.
func atOnce(m *Interval) string {
	if m.High > atOnceWide*m.Low {
		return number(m.Low) + " to " + number(m.High)
	}
	return "about " + number(m.Value)
}

// pool is a parallelism in words.
func pool(k int) string {
	if k == 1 {
		return "one worker: one request at a time"
	}
	return fmt.Sprintf("a pool of %d: %d requests at a time", k, k)
}

// uslFinding says where throughput begins to fall by the Universal Scalability Law. What lies beyond the loads that were measured is in Laws alone: a server that is merely
// full looks like one whose throughput will fall.
func (v *view) uslFinding(laws Laws) (f Finding, said bool) {
	u := laws.USL
	if u == nil || u.Peak == 0 {
		return f, false
	}
	most := 0.0
	for _, p := range laws.Points {
		most = max(most, p.Users)
	}
	if fallUsers*u.Peak >= most {
		return f, false
	}
	return Finding{
		Kind: KindScalability, Level: Warn, Clear: true, Title: fmt.Sprintf("Throughput falls from about %s users on", number(u.Peak)),
		Text: fmt.Sprintf("By the Universal Scalability Law: contention %.3f (%.3f to %.3f), coherency %.2g (%.2g to %.2g), R2 %.2f. Beyond that each user makes the others slower.",
			u.Alpha.Value, u.Alpha.Low, u.Alpha.High, u.Beta.Value, u.Beta.Low, u.Beta.High, u.R2),
		Evidence: []Evidence{
			{v.run.Total.Requests.File, v.run.Total.Requests.Column, v.run.Began, v.run.Ended, u.R2, "R2", "Universal Scalability Law over the loads, a and b >= 0; throughput at the highest load is lower"},
		},
	}, true
}
