package collector

import "testing"

// use is a usage whose user time is own, and waited that of children.
func use(own, waited uint64) processUsage {
	return processUsage{own: [counts]uint64{countUser: own}, waited: [counts]uint64{countUser: waited}}
}

func TestAccount(t *testing.T) {
	t.Parallel()
	type row struct {
		owed []processUsage // children that have left the tree
		now  processUsage
		want uint64
	}
	for _, c := range []struct {
		why  string
		born bool
		rows []row
	}{
		{"what it used itself", false, []row{{nil, use(100, 0), 0}, {nil, use(130, 0), 30}}},
		{"all that one born in the tree used", true, []row{{nil, use(7, 0), 7}, {nil, use(9, 0), 2}}},
		{"a child that lived between two rows", false, []row{{nil, use(100, 50), 0}, {nil, use(100, 58), 8}}},
		{
			"a child that was seen: what it had used counted in its own rows", false,
			[]row{{nil, use(100, 0), 0}, {[]processUsage{use(500, 20)}, use(101, 523), 1 + 3}},
		},
		{
			"a child that was seen and is waited for after the parent was read", false,
			[]row{{nil, use(100, 0), 0}, {[]processUsage{use(500, 0)}, use(101, 0), 1}, {nil, use(102, 503), 1 + 3}},
		},
		{
			"nobody waits: init got it, or the parent ignores SIGCHLD; and later ones count", false,
			[]row{{nil, use(100, 0), 0}, {[]processUsage{use(500, 0)}, use(101, 0), 1}, {nil, use(102, 0), 1}, {nil, use(102, 40), 40}},
		},
		{
			"two at once, one of them unseen", false,
			[]row{{nil, use(0, 0), 0}, {[]processUsage{use(500, 0)}, use(0, 505+11), 5 + 11}},
		},
		{"a counter that goes back", false, []row{{nil, use(100, 90), 0}, {nil, use(50, 10), 0}, {nil, use(51, 10), 1}}},
	} {
		var a processAccount
		for i, r := range c.rows {
			for _, u := range r.owed {
				a.owe(u)
			}
			grown, ok := a.grow(r.now, c.born)
			if grown[countUser] != r.want || ok != (i > 0 || c.born) {
				t.Errorf("%s: row %d = %d, %v, want %d", c.why, i, grown[countUser], ok, r.want)
			}
		}
	}
}

// TestAccountOfDisks: what was read and written in rows that could not be read counts in none, or in the next that can.
func TestAccountOfDisks(t *testing.T) {
	t.Parallel()
	disks := func(read uint64) processUsage {
		return processUsage{waited: [counts]uint64{countRead: read}, disks: true}
	}
	var a processAccount
	for i, r := range []struct {
		now  processUsage
		want uint64
	}{{processUsage{}, 0}, {disks(1000), 0}, {disks(1010), 10}, {processUsage{}, 0}, {disks(1015), 5}} {
		if grown, _ := a.grow(r.now, false); grown[countRead] != r.want {
			t.Errorf("row %d = %d, want %d", i, grown[countRead], r.want)
		}
	}
}

// FuzzAccount: whatever children do, the sum over a parent and its child is what both used, and never more.
func FuzzAccount(f *testing.F) {
	f.Add(uint16(100), uint16(500), uint16(20), uint16(3), true)
	f.Fuzz(func(t *testing.T, own, child, later, last uint16, waits bool) {
		var parent, kid processAccount
		parent.grow(use(uint64(own), 0), false)
		kid.grow(use(uint64(child), 0), false)
		a, _ := kid.grow(use(uint64(child)+uint64(later), 0), false)
		b, _ := parent.grow(use(uint64(own), 0), false)
		// the child uses a bit more, ends, and its parent waits for it, or not
		parent.owe(kid.last)
		now := use(uint64(own), 0)
		if waits {
			now = use(uint64(own), uint64(child)+uint64(later)+uint64(last))
		}
		c, _ := parent.grow(now, false)
		want := uint64(later)
		if waits {
			want += uint64(last)
		}
		if got := a[countUser] + b[countUser] + c[countUser]; got != want {
			t.Errorf("the sum is %d, want %d", got, want)
		}
	})
}
