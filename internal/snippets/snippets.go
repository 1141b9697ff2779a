// Package snippets reads the Go programs and the commands out of the documentation, so that its test can build them as a
// reader would: outside of the checkout.
package snippets

import (
	"fmt"
	"strings"
)

// A Block is a fenced piece of a Markdown page.
type Block struct {
	// Kind is the word after the fence: go, sh.
	Kind string
	// Text is what stands between the fences.
	Text string
	// Line is that of the fence, the first of the page being 1.
	Line int

	indent string // of a block in a list
}

// Blocks returns the fenced blocks of a page. One that is not closed, or that says not what it is, is an error.
func Blocks(page string) ([]Block, error) {
	var all []Block
	var open *Block
	number := 0
	for line := range strings.Lines(page) {
		number++
		fence, isFence := strings.CutPrefix(strings.TrimSpace(line), "```")
		switch {
		case !isFence && open != nil:
			open.Text += strings.TrimPrefix(line, open.indent)
		case isFence && open != nil:
			all = append(all, *open)
			open = nil
		case isFence && fence == "":
			return nil, fmt.Errorf("line %d: a block that does not say what it is", number)
		case isFence:
			indent, _, _ := strings.Cut(line, "`")
			open = &Block{Kind: fence, Line: number, indent: indent}
		}
	}
	if open != nil {
		return nil, fmt.Errorf("line %d: a block that is not closed", open.Line)
	}
	return all, nil
}

// Program returns the files of the program that a page's Go blocks are. The first line of each is its name: // main.go.
func Program(page string) (files map[string]string, err error) {
	blocks, err := Blocks(page)
	if err != nil {
		return nil, err
	}
	files = map[string]string{}
	for _, b := range blocks {
		if b.Kind != "go" {
			continue
		}
		first, _, _ := strings.Cut(b.Text, "\n")
		name, ok := strings.CutPrefix(first, "// ")
		if !ok || !strings.HasSuffix(name, ".go") || strings.ContainsAny(name, " /") {
			return nil, fmt.Errorf("line %d: a Go block begins with the name of its file, not with %q", b.Line, first)
		}
		if _, twice := files[name]; twice {
			return nil, fmt.Errorf("line %d: there is another block named %s", b.Line, name)
		}
		files[name] = b.Text
	}
	return files, nil
}

// Commands returns the lines of a page's shell blocks, in order.
func Commands(page string) (string, error) {
	blocks, err := Blocks(page)
	if err != nil {
		return "", err
	}
	var all strings.Builder
	for _, b := range blocks {
		if b.Kind == "sh" {
			all.WriteString(b.Text)
		}
	}
	return all.String(), nil
}
