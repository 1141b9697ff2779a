//go:build !linux

package process

// A Watch follows the process under test, on Linux. Elsewhere it sees nothing.
type Watch struct {
	// Note takes a line for the user.
	Note func(string)
}

// New returns a Watch.
func New(Choice, string) *Watch { return &Watch{} }

// Look says that nothing is watched.
func (w *Watch) Look() {}

// Tree returns an empty tree.
func (w *Watch) Tree() *Tree { return &Tree{} }
