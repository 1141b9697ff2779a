// Package spelling finds the name that somebody may have meant.
package spelling

// Nearest returns the candidate that fewer than limit slips make of name, the one with the fewest; "" if there is none.
func Nearest(name string, candidates []string, limit int) string {
	best := ""
	for _, candidate := range candidates {
		if d := Distance(name, candidate); d < limit {
			best, limit = candidate, d
		}
	}
	return best
}

// Distance is how many letters have to be changed, added or left out to make b of a (Levenshtein).
func Distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
