package analysis

import "testing"

// TestFromTo: two levels have as many digits as show that they differ, and none is below nothing.
func TestFromTo(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		first, last float64
		want        string
	}{
		{72.4, 429, "from 72 to 429 zombies"},
		{79.2, 88.5, "from 79.2 to 88.5 zombies"},
		{-0.3, 171, "from 0 to 171 zombies"},
		{-0.04, 0.4, "from 0.00 to 0.40 zombies"},
	} {
		if got := fromTo(test.first, test.last, "zombies"); got != test.want {
			t.Errorf("fromTo(%v, %v) = %q, want %q", test.first, test.last, got, test.want)
		}
	}
}

// TestTooShortIsOneSentence: however many resources cannot be judged, one sentence says what was seen and what would decide.
func TestTooShortIsOneSentence(t *testing.T) {
	t.Parallel()
	of := func(what string, seconds, needed int, slope Interval) watched {
		return watched{growth: Growth{What: what, Unit: "MB", Slope: slope, Needed: needed}, windows: windows{seconds: seconds}}
	}
	grew, still := Interval{Value: 3.9, Low: 3.6, High: 4.2}, Interval{Value: 1, Low: -1, High: 3}
	files := of("open files of uvicorn", 75, 90, still)
	files.many = true
	for _, test := range []struct {
		why         string
		short       []watched
		title, text string
	}{
		{
			"the first that grew is named",
			[]watched{files, of("memory of uvicorn", 75, 480, grew), of("threads of uvicorn", 75, 60, grew)},
			"Too short to say whether something leaks", "Memory of uvicorn grew 3.9 MB a minute in 75 s (95 % interval 3.6 to 4.2); about 8 min of steady load would decide.",
		},
		{"none surely grew", []watched{files, of("memory of uvicorn", 75, 150, still)}, "Too short to say whether something leaks", "75 s were not enough; about 2 min 30 s of steady load would decide."},
		{"it is one", []watched{files}, "Too short to say whether open files of uvicorn leak", "75 s were not enough; about 90 s of steady load would decide."},
		{"nothing was steady", []watched{of("memory of uvicorn", 0, 60, Interval{})}, "Too short to say whether memory of uvicorn leaks", "The users changed all the time; about 60 s of steady load would decide."},
		{
			"no run decides",
			[]watched{of("memory of uvicorn", 75, neededMost, grew)},
			"Too short to say whether memory of uvicorn leaks",
			"Memory of uvicorn grew 3.9 MB a minute in 75 s (95 % interval 3.6 to 4.2); at this noise not even 4 h of steady load would decide.",
		},
	} {
		if f := sayShort(test.short); f.Title != test.title || f.Text != test.text || len(f.Evidence) != len(test.short) {
			t.Errorf("%s: %q: %q with %d rows of evidence; want %q: %q with %d", test.why, f.Title, f.Text, len(f.Evidence), test.title, test.text, len(test.short))
		}
	}
}
