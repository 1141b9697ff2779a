package results

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// A Copy is a file of a run that the user wants under a name of their own, too.
type Copy struct{ From, To string }

// Copies are those of Locust's files: its report as report, and its CSVs with prefix as Locust puts it before their names. "" asks for none.
func (f Files) Copies(report, prefix string) []Copy {
	var copies []Copy
	if report != "" {
		copies = append(copies, Copy{f.Report, report})
	}
	if prefix != "" {
		named := Files{Prefix: prefix}
		copies = append(
			copies, Copy{f.Stats(), named.Stats()}, Copy{f.History(), named.History()},
			Copy{f.Failures(), named.Failures()}, Copy{f.Exceptions(), named.Exceptions()},
		)
	}
	return copies
}

// Make makes the copy, over a file that is there: so does Locust. A file that the run did not write is not copied, and no error: it is missing in the run itself.
func (c Copy) Make() (err error) {
	from, err := os.Open(c.From)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("copy a result: %w", err)
	}
	defer from.Close()
	to, err := os.Create(c.To)
	if err != nil {
		return fmt.Errorf("copy a result: %w", err)
	}
	_, err = io.Copy(to, from)
	if err := errors.Join(err, to.Close()); err != nil {
		return fmt.Errorf("copy %s to %s: %w", c.From, c.To, err)
	}
	return nil
}
