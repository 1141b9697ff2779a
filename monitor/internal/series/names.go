package series

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/textparse"
)

// Names returns the names of all series that servers show, in order, and those that they announce by a type and have no values of yet. The error says which servers did
// not answer, and why; the names are those of the others.
func Names(ctx context.Context, urls []string, access Access) ([]string, error) {
	all := map[string]bool{}
	var wrong []error
	for _, url := range urls {
		c, err := newClient(url, access)
		if err == nil {
			err = c.names(ctx, all)
		}
		if err != nil {
			wrong = append(wrong, err)
		}
	}
	return slices.Sorted(maps.Keys(all)), errors.Join(wrong...)
}

// names adds those of a server.
func (c *client) names(ctx context.Context, all map[string]bool) error {
	ctx, cancel := context.WithTimeout(ctx, maxPatience)
	defer cancel()
	page, contentType, _, err := c.get(ctx, false)
	if err == nil {
		err = namesOf(page, contentType, all)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", c.url, err)
	}
	return nil
}

// namesOf adds those of a page.
func namesOf(page []byte, contentType string, all map[string]bool) error {
	return entries(page, contentType, func(parser textparse.Parser, entry textparse.Entry) {
		switch entry {
		case textparse.EntryType:
			family, kind := parser.Type()
			for _, name := range announced(string(family), kind) {
				all[name] = true
			}
		case textparse.EntrySeries:
			text, _, _ := parser.Series()
			if name := bytes.TrimSpace(nameOf(text)); len(name) > 0 {
				all[string(name)] = true
			}
		}
	})
}

// announced are the names that the series of a family have.
func announced(family string, kind model.MetricType) []string {
	switch kind {
	case model.MetricTypeCounter:
		return []string{strings.TrimSuffix(family, "_total") + "_total"}
	case model.MetricTypeHistogram:
		return []string{family + "_bucket", family + "_count", family + "_sum"}
	case model.MetricTypeSummary:
		return []string{family, family + "_count", family + "_sum"}
	}
	return []string{family}
}
