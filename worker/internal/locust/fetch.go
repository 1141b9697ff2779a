package locust

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// locustfileMessage asks the master for its locustfile, and is its answer.
const locustfileMessage = "locustfile"

// askAgain is how often the master is asked for its locustfile (locust/argument_parser.py, ask_for_locustfile).
const askAgain = time.Second

// A File is one of the master's locustfiles.
type File struct {
	// Name is the file's base name; Contents is the file.
	Name     string `codec:"filename"`
	Contents string `codec:"contents"`
}

var (
	// ErrLocustfile means that the master's locustfile could not be had.
	ErrLocustfile = errors.New("no locustfile from the master")
	// ErrSilent is the ErrLocustfile of a master that never answered, or that is not there.
	ErrSilent = fmt.Errorf("%w: gave up", ErrLocustfile)
)

// Fetch asks the master for its locustfiles until it answers or limit is over. conn is a connection of its own with nodeID
// as its identity; version is the Locust version that this worker claims. A locustfile that the master has from a URL is an
// error: the master sends the URL only, and this worker loads nothing from elsewhere.
func Fetch(ctx context.Context, conn Conn, nodeID, version string, limit time.Duration) ([]File, error) {
	question, err := encode(locustfileMessage, map[string]string{"version": version}, nodeID)
	if err != nil { // text always encodes
		panic(err)
	}
	ask := time.NewTicker(askAgain)
	defer ask.Stop()
	over := time.NewTimer(limit)
	defer over.Stop()
	conn.Send(question)
	for {
		select {
		case frame, ok := <-conn.Receive():
			if !ok {
				return nil, fmt.Errorf("%w: the connection was closed", ErrLocustfile)
			}
			return files(frame)
		case <-ask.C:
			conn.Send(question)
		case <-over.C:
			return nil, fmt.Errorf("%w after %v", ErrSilent, limit)
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// files reads the master's answer.
func files(frame []byte) ([]File, error) {
	m, err := decode(frame)
	if err != nil {
		return nil, err
	}
	if m.Type != locustfileMessage {
		return nil, fmt.Errorf("%w: it answered with %q", ErrLocustfile, m.Type)
	}
	var answer struct {
		Files []any  `codec:"locustfiles"`
		Error string `codec:"error"`
	}
	if err := unmarshal(m.Data, &answer); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrLocustfile, err)
	}
	if answer.Error != "" {
		return nil, fmt.Errorf("%w: it says: %s", ErrLocustfile, printable(answer.Error))
	}
	var found []File
	for _, f := range answer.Files {
		parts, ok := plain(f).(map[string]any)
		if !ok {
			return nil, fmt.Errorf("%w: it has %v, which is not a file: start the master with a local file", ErrLocustfile, f)
		}
		name, _ := parts["filename"].(string)
		contents, _ := parts["contents"].(string)
		found = append(found, File{name, contents})
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%w: it has none", ErrLocustfile)
	}
	return found, nil
}
