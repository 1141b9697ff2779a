//go:build !linux

package process

// A Watch follows the process under test, on Linux. Elsewhere it sees nothing.
type Watch struct {
	// Note takes a line for the user.
	Note   func(string)
	choice Choice
}

// New returns a Watch.
func New(choice Choice, _ string) *Watch { return &Watch{choice: choice} }

// Choice says what was asked for.
func (w *Watch) Choice() Choice { return w.choice }

// Look says that nothing is watched.
func (w *Watch) Look() {}

// Tree returns an empty tree.
func (w *Watch) Tree() *Tree { return &Tree{} }
