package analysis

import (
	"math"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/statistics"
)

const (
	// pieceLeast is how many seconds a piece has to have beside others.
	pieceLeast = 20
	// restartSeconds is how long a new process is left alone: it loads its program.
	restartSeconds = 10
	// usersVary is the part of the highest number of users by which they have to differ, to be looked at as a cause.
	usersVary = 0.05
)

// windows are the seconds in which growth is measured: the steady phases, cut where the process was started anew. A level of a load in steps is a piece of its own, so
// that what each user needs is no growth.
type windows struct {
	pieces   []piece
	from, to int64
	seconds  int
	restarts int
}

type piece struct{ from, to int64 }

// windowsOf cuts the steady phases. Pieces that are short are left out beside longer ones.
func windowsOf(host *Host, run *Run, phases []Phase) windows {
	var w windows
	var all []piece
	for _, p := range phases {
		if p.Kind == Steady && p.From <= p.To {
			cut := host.lives(run, p)
			w.restarts += len(cut) - 1
			all = append(all, cut...)
		}
	}
	longest := 0
	for i, p := range all {
		if p.to-p.from > all[longest].to-all[longest].from {
			longest = i
		}
	}
	for i, p := range all {
		if p.to < p.from || i != longest && p.to-p.from+1 < pieceLeast {
			continue
		}
		if w.pieces = append(w.pieces, p); len(w.pieces) == 1 {
			w.from = p.from
		}
		w.to = p.to
		w.seconds += int(p.to - p.from + 1)
	}
	if len(w.pieces) == 0 {
		w.from, w.to = run.Began, run.Ended
	}
	return w
}

// lives cuts a phase where Process_Restarts rose: at its last second, the old process.
func (h *Host) lives(run *Run, p Phase) []piece {
	restarts := run.Window(h.Columns[resource.ProcessRestarts], p.From, p.To)
	from, last := p.From, math.NaN()
	var all []piece
	for i, n := range restarts {
		at := p.From + int64(i)
		if n > last {
			all = append(all, piece{from, at - 1})
			from = at + restartSeconds
		}
		if !math.IsNaN(n) {
			last = n
		}
	}
	return append(all, piece{from, p.To})
}

// values are those of a series in all pieces.
func (w windows) values(run *Run, s Series) (values []float64) {
	for _, p := range w.pieces {
		values = append(values, present(run.Window(s, p.from, p.to))...)
	}
	return values
}

// cut is a series in pieces, over seconds. Where users differ within a piece, what comes with them is taken away.
func (w windows) cut(run *Run, s Series) (pieces []statistics.Piece) {
	var users []float64
	withUsers := false
	for _, p := range w.pieces {
		y := append([]float64(nil), run.Window(s, p.from, p.to)...)
		x := make([]float64, len(y))
		for i := range x {
			x[i] = float64(p.from - run.Start + int64(i))
		}
		n := run.Window(run.Users, p.from, p.to)
		pieces, users = append(pieces, statistics.Piece{X: x, Y: y}), append(users, n...)
		withUsers = withUsers || vary(n)
	}
	if !withUsers {
		return pieces
	}
	var levels []float64
	for _, p := range pieces {
		levels = append(levels, p.Y...)
	}
	line, known := statistics.TheilSen(users, levels)
	if !known || line.Slope <= 0 {
		return pieces
	}
	for i, at := 0, 0; i < len(pieces); i++ {
		for j := range pieces[i].Y {
			pieces[i].Y[j] -= line.Slope * (users[at] - users[0])
			at++
		}
	}
	return pieces
}

// vary reports whether users differ by more than a little.
func vary(users []float64) bool {
	least, most := math.Inf(1), 0.0
	for _, n := range present(users) {
		least, most = min(least, n), max(most, n)
	}
	return most > 0 && most-least > usersVary*most
}
