package jsonpath

// A Scanner reads a document piece by piece, and says whether a path names a value in it that is not empty: null, "", [] and {} are. It
// holds nothing of the document, allocates nothing, and takes what is not JSON for as much of it as it looks like.
type Scanner struct{ machine }

// NewScanner returns a scanner that looks for what p names.
func NewScanner(p Path) Scanner { return Scanner{machine{steps: p.steps}} }

// Reset makes the scanner ready for another document.
func (s *Scanner) Reset() { s.machine = machine{steps: s.steps} }

// Feed reads the next piece and says whether the value has been found. Once it has, the rest of the document does not matter.
func (s *Scanner) Feed(piece []byte) bool {
	for len(piece) > 0 && !s.found && s.state != done {
		piece = piece[s.feed(piece):]
		s.complete = false
	}
	return s.found
}
