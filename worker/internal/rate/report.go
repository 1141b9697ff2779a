package rate

// A Report is what a worker tells the plug-in of its tasks since the last one.
type Report struct {
	Version int `codec:"version"`
	// Begun are the tasks that have begun, Late those of them that began later than Punctual, and Latest is by how many seconds the latest one did.
	Begun  int64   `codec:"begun"`
	Late   int64   `codec:"late"`
	Latest float64 `codec:"latest"`
	// Ended are the tasks that have ended, Busy how many seconds they took.
	Ended int64   `codec:"ended"`
	Busy  float64 `codec:"busy"`
	// Missed are the tasks that were due at the end and will not begin.
	Missed int64 `codec:"missed"`
	// Last says that the users are asked to stop.
	Last bool `codec:"last"`
}

// Punctual is how many seconds after its time a task may begin and is not late: a timer and a busy core are not too few users.
const Punctual = 0.010

func (r *Report) begun(late float64) {
	r.Begun++
	if late > Punctual {
		r.Late++
	}
	r.Latest = max(r.Latest, late)
}

// tell reports, again and again.
func (g *Gate) tell() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.on {
		g.send(false)
		g.report.Reset(reportEvery)
	}
}

// send reports. g.mu is held.
func (g *Gate) send(last bool) {
	r := g.count
	r.Version, r.Last = version, last
	g.count = Report{}
	if err := g.services.Send(Message, r); err != nil {
		g.services.Log.Error("Report of --rate: " + err.Error())
	}
}
