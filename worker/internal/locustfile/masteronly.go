package locustfile

import (
	"bytes"
	"slices"
)

// MasterMarker is the comment that keeps a locustfile from this worker. Files after the comma of the master's -f are how Locust's web
// UI is extended, and all workers get them, too; what they import is often on the master's machine alone.
const MasterMarker = "# gregaria: master only"

// markerLines is among how many lines the marker is looked for: below a #!, a coding line and a licence, but not in a whole file.
const markerLines = 20

// MasterOnly says whether the file is for the master only: one of its first lines is MasterMarker, and blanks around it. The text is
// looked at as it is, since it need not be Python that this worker can parse; its lines end as Python's do.
func (s Source) MasterOnly() bool {
	rest := bytes.TrimPrefix(s.Text, []byte("\ufeff"))
	for range markerLines {
		line, more := rest, []byte(nil)
		if end := bytes.IndexAny(rest, "\r\n"); end >= 0 {
			line, more = rest[:end], rest[end+1:]
			if rest[end] == '\r' {
				more = bytes.TrimPrefix(more, []byte("\n"))
			}
		}
		if string(bytes.Trim(line, " \t\f")) == MasterMarker {
			return true
		}
		rest = more
	}
	return false
}

// Ours are the files that a worker runs: those that are not for the master only. The others stay among the sources: a file can
// import them, and environment.parsed_locustfiles has them.
func Ours(sources []Source) []Source {
	return slices.DeleteFunc(slices.Clone(sources), Source.MasterOnly)
}
