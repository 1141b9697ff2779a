package series

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"

	"gregaria/internal/service"
)

// plainText is the content type of the classic text format, which is also taken where a server says none.
const plainText = "text/plain"

// A line is one sample of a page.
type line struct {
	text  []byte // name and labels as they stand there
	value float64
}

// scan calls take for each sample of a page, with the family and the type that it stands under. The parser is Prometheus's own. labels
// is what it reads of the sample that take was called with last.
func scan(page []byte, contentType string, take func(l line, family []byte, kind model.MetricType, labels func(*labels.Labels))) error {
	var family []byte
	kind := model.MetricTypeUnknown
	return entries(page, contentType, func(parser textparse.Parser, entry textparse.Entry) {
		switch entry {
		case textparse.EntryType:
			family, kind = parser.Type()
		case textparse.EntrySeries:
			text, _, value := parser.Series()
			take(line{text, value}, family, kind, parser.Labels)
		}
	})
}

// entries calls take for each entry of a page: samples, and lines of comment that have a meaning.
func entries(page []byte, contentType string, take func(textparse.Parser, textparse.Entry)) error {
	if bytes.Contains(page, []byte("\r\n")) { // which the parser takes for a part of the value
		page = bytes.ReplaceAll(page, []byte("\r\n"), []byte("\n"))
	}
	parser, err := textparse.New(page, contentType, labels.NewSymbolTable(), textparse.ParserOptions{})
	if parser == nil {
		return err
	}
	for number := 1; ; number++ {
		entry, err := parser.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return &pageError{fmt.Sprintf("entry %d: %s", number, clip(err.Error()))}
		}
		take(parser, entry)
	}
}

// A pageError says what of a page cannot be parsed. It quotes the page, and so it is another each time.
type pageError struct{ detail string }

func (e *pageError) Error() string {
	return "its page is neither Prometheus's text format nor OpenMetrics: " + e.detail
}

// clip shortens what a parser says: it quotes the page.
func clip(text string) string {
	const most = 200
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\n", " "), "?")
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "..."
	}
	return text
}

// nameOf cuts the name off the front of a sample's text. It returns nothing for a name that stands among the labels, as names with
// other characters than letters do: {"http.requests",method="GET"}.
func nameOf(text []byte) []byte {
	if i := bytes.IndexByte(text, '{'); i >= 0 {
		text = text[:i]
	}
	return bytes.TrimRight(text, " \t")
}

// describe reads name and labels, in the form of a row.
func describe(of func(*labels.Labels)) (name, list string) {
	var all labels.Labels
	of(&all)
	var text []byte
	all.Range(func(l labels.Label) {
		if l.Name == labels.MetricName {
			name = l.Value
			return
		}
		text = service.AppendLabel(text, l.Name, l.Value)
	})
	return name, string(text)
}
