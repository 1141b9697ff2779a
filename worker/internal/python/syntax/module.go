package syntax

import (
	"strings"
	"sync"
)

// Module is one source file.
type Module struct {
	File string
	Body []Stmt
	// FutureAnnotations says that the file has "from __future__ import annotations".
	FutureAnnotations bool

	text  string
	split sync.Once
	lines []string
}

// With is the same file with another body.
func (m *Module) With(body []Stmt) *Module {
	return &Module{File: m.File, Body: body, FutureAnnotations: m.FutureAnnotations, text: m.text}
}

// Lines are the source lines, for tracebacks.
func (m *Module) Lines() []string {
	m.split.Do(func() { m.lines = strings.Split(m.text, "\n") })
	return m.lines
}
