package user

import "gregaria/worker/internal/jsonpath"

// Streams says which events of streams carry data, for timings (docs/timings.md).
type Streams struct{ data []jsonpath.Path }

// NewStreams reads paths into the JSON of an event, with commas between them: an event carries data if one of them names a value in it that
// is not empty. No text is any event that is not blank.
func NewStreams(paths string) (*Streams, error) {
	if paths == "" {
		return &Streams{}, nil
	}
	data, err := jsonpath.ParseList(paths)
	if err != nil {
		return nil, err
	}
	return &Streams{data}, nil
}

// Data are the paths; nil has none.
func (s *Streams) Data() []jsonpath.Path {
	if s == nil {
		return nil
	}
	return s.data
}
