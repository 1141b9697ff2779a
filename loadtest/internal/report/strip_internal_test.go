package report

import (
	"testing"
	"time"

	"gregaria/loadtest/internal/analysis"
)

func TestLabelsHaveLanes(t *testing.T) {
	t.Parallel()
	moments := []marked{{position: 10, text: "14:00:10 saturated"}, {position: 12, text: "14:00:12 errors begin"}, {position: 60, text: "14:01:00 restart"}, {position: 98, text: "14:01:38 restart"}}
	labels, lanes := place(moments, 620, 100)
	if lanes != 2 {
		t.Errorf("%d lanes, want 2: two labels are near each other", lanes)
	}
	if labels[0].Y == labels[1].Y || labels[0].Y != labels[2].Y {
		t.Errorf("the labels stand at %d, %d, %d, want the second alone below", labels[0].Y, labels[1].Y, labels[2].Y)
	}
	if labels[3].Anchor != "end" || labels[0].Anchor != "start" {
		t.Errorf("the labels are anchored at their %s and %s, want the last one to stay inside", labels[0].Anchor, labels[3].Anchor)
	}
	// 30 characters have room on neither side of a line at a third of a narrow page.
	if l, _ := place([]marked{{position: 35, text: "14:00:35 saturated (not clear)"}}, narrowWidth, 100); l[0].Anchor != "start" || l[0].At < 10 || l[0].At > 100-100*characterPX*30/narrowWidth {
		t.Errorf("a long label begins at %v %% with anchor %s, want all of it inside", l[0].At, l[0].Anchor)
	}
	if labels, lanes := place(nil, 620, 100); len(labels) != 0 || lanes != 0 {
		t.Errorf("without moments there are %d labels in %d lanes", len(labels), lanes)
	}
}

func TestFirstSaturationOnlyIsMarked(t *testing.T) {
	t.Parallel()
	f := &analysis.Findings{Findings: []analysis.Finding{
		{Kind: analysis.KindSaturation, Level: analysis.Bad, Clear: true, At: 120},
		{Kind: analysis.KindSaturation, Level: analysis.Bad, Clear: true, At: 130},
		{Kind: analysis.KindSaturation, Level: analysis.Good, Clear: true, At: 110},
		{Kind: analysis.KindErrors, Level: analysis.Bad, At: 115},
		{Kind: analysis.KindRestart, Level: analysis.Bad, Clear: true, At: 140},
		{Kind: analysis.KindRestart, Level: analysis.Bad, Clear: true, At: 150},
		{Kind: analysis.KindRestart, Level: analysis.Bad, Clear: true, At: 9000},
	}}
	m := &maker{f: f, at: clock{location: time.UTC}, axis: axis{start: 100, n: 100}}
	var got []string
	for _, n := range m.moments() {
		got = append(got, n.text)
	}
	want := []string{"00:01:55 errors begin (not clear)", "00:02:00 saturated", "00:02:20 restart", "00:02:30 restart"}
	m.f.Ended, m.f.Verdict.Word = 180, "INCOMPLETE"
	if early := m.moments(); len(early) != 5 || early[4].text != "00:03:00 ended early" {
		t.Errorf("marked of a run that was not complete are %v", early)
	}
	if len(got) != len(want) {
		t.Fatalf("marked are %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("mark %d = %q, want %q", i, got[i], want[i])
		}
	}
}

func TestTimesStandOnWholeStepsOfLocalTime(t *testing.T) {
	t.Parallel()
	kathmandu := time.FixedZone("+0545", 5*3600+45*60)
	a := axis{start: 1_790_000_003, n: 3600}
	ticks := a.times(clock{location: kathmandu}, wideWidth)
	if len(ticks) < 4 || len(ticks) > 13 {
		t.Fatalf("%d labels, want some", len(ticks))
	}
	for _, tick := range ticks {
		if minutes := tick.Text[3:]; minutes[1] != '0' && minutes[1] != '5' || len(tick.Text) != 5 {
			t.Errorf("a label is %q, want whole five minutes", tick.Text)
		}
	}
}
