package output_test

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	rendering "github.com/yuin/goldmark/renderer/html"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/output"
)

// rendered is Markdown as GitHub shows it, which is GFM with the tags that it has, as the texts of its cells and items.
func rendered(t *testing.T, markdown []byte) (page string, cells []string) {
	t.Helper()
	var b bytes.Buffer
	reader := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(rendering.WithUnsafe()))
	if err := reader.Convert(markdown, &b); err != nil {
		t.Fatal(err)
	}
	for _, found := range regexp.MustCompile(`(?s)<t[dh][^>]*>(.*?)</t[dh]>`).FindAllStringSubmatch(b.String(), -1) {
		cells = append(cells, html.UnescapeString(regexp.MustCompile(`</?(code|strong)>`).ReplaceAllString(found[1], "")))
	}
	return b.String(), cells
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	page, cells := rendered(t, output.Markdown(made(), 1<<20))
	if strings.Contains(page, "<script>") || !strings.Contains(page, "<h2>CPU of the *host* saturated at 40 users</h2>") {
		t.Errorf("the page is\n%s\nwant no tag and no emphasis of what is measured", page)
	}
	all := strings.Join(cells, "\x00")
	for _, row := range [][]string{
		{"❌", "p95 < 800ms", "1.2 s, of 900 requests"},
		{"✅", "GET /a|b`c`<d>: rps > 5", "7/s"},
		{"❌", "tls p95 < 1s", "not evaluated: it wants https"},
		{`GET /a\|b`, "10", "1", "12 ms", "12.3 s", "-"},
		{"1", "GET /a", "HTTPError('500 | `x` <script>alert(1)</script>')"},
		{"2", "a task raised", "KeyError: 'id'"},
	} {
		if !strings.Contains(all, strings.Join(row, "\x00")) {
			t.Errorf("the cells are %q, want %q among them", cells, row)
		}
	}
	if !strings.Contains(page, "<em>(not clear)</em>") || !strings.Contains(page, "<code>metrics_1.csv</code>, <code>stats_1.csv</code>") {
		t.Errorf("the page is\n%s\nwant what is not clear, and the files", page)
	}
}

// TestMarkdownSize: thousands of endpoints do not make it larger than GitHub takes; the sum stays.
func TestMarkdownSize(t *testing.T) {
	t.Parallel()
	f := made()
	f.Endpoints = append(slices.Repeat([]analysis.Endpoint{{Type: "GET", Name: strings.Repeat("/long", 100)}}, 20_000), f.Endpoints...)
	text := output.Markdown(f, 1<<19)
	if len(text) > 1<<19 || !bytes.Contains(text, []byte("**Aggregated**")) || !bytes.Contains(text, []byte("more are in the JSON file")) {
		t.Errorf("%d bytes, want at most 512 KiB with the sum and what is left out", len(text))
	}
}

// FuzzMarkdown: whatever a check and an error are called, they are in one cell each, as they are but for line breaks and length.
func FuzzMarkdown(f *testing.F) {
	for _, text := range []string{"p95 < 800ms", `a\|b`, "``` `", "|", "<script>", "&amp;", "*a*_b_~~c~~", "a\nb", "![x](y)", "$a$", " a ", "\\", "https://a.b/c|d", "<code>", "a` | `b", "a`b`c", "a\\"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		clean := strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
		if clean != text || len(text) > 100 || text == "" || strings.Contains(strings.ToLower(text), "www.") || strings.Contains(text, ":") || strings.Contains(text, "@") || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r >= 0x7f }) {
			return // links are made of some texts, whose letters are the same
		}
		findings := &analysis.Findings{Checks: []analysis.Check{{Text: text, Measured: text, Outcome: analysis.Failed}}}
		_, cells := rendered(t, output.Markdown(findings, 1<<20))
		if len(cells) != 6 || cells[4] != text || cells[5] != text {
			t.Errorf("%q is shown as %q", text, cells)
		}
	})
}
