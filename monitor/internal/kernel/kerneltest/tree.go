// Package kerneltest makes folders of recorded files of the kernel for tests.
package kerneltest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A Tree is a folder that looks like the root of a machine. A test shows it one recording after the other, as the kernel changes
// what its files say.
type Tree struct {
	// Dir is the folder: the kernel's are Dir/proc and Dir/sys.
	Dir string

	t testing.TB
}

// NewTree returns a Tree that has nothing in it.
func NewTree(t testing.TB) Tree { return Tree{t.TempDir(), t} }

// Show puts the files of a recording into the tree. It has a line "-- path --" above the text of each file; a path that ends in / is a
// folder. $ROOT in a text is the tree's folder.
func (tree Tree) Show(recording string) {
	tree.t.Helper()
	data, err := os.ReadFile(recording)
	if err != nil {
		tree.t.Fatal(err)
	}
	tree.Write(string(data))
}

// Write is Show of a text.
func (tree Tree) Write(recording string) {
	tree.t.Helper()
	path, text := "", ""
	for line := range strings.Lines(recording) {
		if name, ok := strings.CutPrefix(line, "-- "); ok {
			tree.file(path, text)
			path, text = strings.TrimSuffix(strings.TrimSuffix(name, "\n"), " --"), ""
			continue
		}
		text += line
	}
	tree.file(path, text)
}

// file writes one file; what stands above the first is a comment.
func (tree Tree) file(path, text string) {
	tree.t.Helper()
	if path == "" {
		return
	}
	at := filepath.Join(tree.Dir, path)
	folder := filepath.Dir(at)
	if strings.HasSuffix(path, "/") {
		folder = at
	}
	err := os.MkdirAll(folder, 0o755)
	if err == nil && folder != at {
		err = os.WriteFile(at, []byte(strings.ReplaceAll(text, "$ROOT", tree.Dir)), 0o600)
	}
	if err != nil {
		tree.t.Fatal(err)
	}
}

// Remove takes a file or a folder out of the tree.
func (tree Tree) Remove(path string) {
	tree.t.Helper()
	if err := os.RemoveAll(filepath.Join(tree.Dir, path)); err != nil {
		tree.t.Fatal(err)
	}
}
