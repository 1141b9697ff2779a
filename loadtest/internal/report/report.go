// Package report renders what a run means as one HTML page: a file that needs nothing beside itself, on a screen, on paper and on a telephone, with and without JavaScript.
//
// page.html has the parts in their order, style.css all colours, script.js the crosshair and the zoom. Charts are drawn in Go as SVG (charts.go, path.go) out of a list (loadcharts.go, hostcharts.go).
package report

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"time"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/comparison"
)

//go:embed page.html parts.html compare.html style.css script.js
var assets embed.FS

// Options are how a page is to be made.
type Options struct {
	// Location is the time zone that times are shown in; nil is that of this machine.
	Location *time.Location
	// Bases are the runs that findings have a comparison with: they are drawn beside the run.
	Bases []comparison.Run
}

// Write writes the page of a run. It changes neither run nor findings.
func Write(w io.Writer, run *analysis.Run, f *analysis.Findings, o Options) error {
	return write(w, "page.html", newPage(run, f, o))
}

// write makes a page of a template, with style and script in it.
func write(w io.Writer, name string, p *page) error {
	style, err := assets.ReadFile("style.css")
	if err != nil {
		return fmt.Errorf("read the style: %w", err)
	}
	script, err := assets.ReadFile("script.js")
	if err != nil {
		return fmt.Errorf("read the script: %w", err)
	}
	script = compact(script)
	t, err := template.ParseFS(assets, name, "parts.html")
	if err != nil {
		return fmt.Errorf("parse the page: %w", err)
	}
	p.Style, p.Script = template.CSS(style), template.JS(script)
	p.Policy = fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'", hash(style), hash(script))
	// Subtle: into memory first, so that a page that cannot be made leaves no half file.
	var page bytes.Buffer
	if err := t.Execute(&page, p); err != nil {
		return fmt.Errorf("make the page: %w", err)
	}
	if _, err := page.WriteTo(w); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

// hash is how a Content-Security-Policy names the one script and the one style that may count.
func hash(content []byte) string {
	sum := sha256.Sum256(content)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// compact leaves out indents, blank lines and lines of comment: the script is for people where it is written, and for browsers in the page.
func compact(script []byte) []byte {
	var short []byte
	for line := range bytes.Lines(script) {
		if line = bytes.TrimSpace(line); len(line) > 0 && !bytes.HasPrefix(line, []byte("//")) {
			short = append(append(short, line...), '\n')
		}
	}
	return short
}
