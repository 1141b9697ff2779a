// Package remote records what monitors beside the servers measure: it asks for their rows over HTTP while the load runs, puts them on
// this machine's clock and writes a metrics CSV for each host.
package remote

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"gregaria/internal/mask"
)

const (
	// askTime is how long a monitor may take to answer.
	askTime = 3 * time.Second
	// Every is the time between two questions for rows. A monitor keeps hundreds, so one that is away for minutes loses none.
	Every = 2 * time.Second
	// Ahead is the offset of a clock that is worth a word.
	Ahead = 500 * time.Millisecond
)

// Token is the variable with the monitors' token. It is the monitor's own: what is set for one is right for the other.
const Token = "GREGARIA_MONITOR_TOKEN"

// A Monitor is one to record. It is used by one goroutine.
type Monitor struct {
	base  *url.URL
	name  string
	token string
	http  *http.Client

	columns columns
	offset  Offset
	shift   time.Duration // offset in whole intervals: rows keep to whole seconds
	last    time.Time     // the newest row, on the monitor's clock
	lost    bool          // rows are known to be missing
}

// Parse reads the URL of a monitor's --listen, such as http://apihost:9647. A path is what a proxy puts before the monitor's own.
func Parse(text string) (*url.URL, error) {
	base, err := url.Parse(text)
	if err != nil || base.Hostname() == "" || base.Scheme != "http" && base.Scheme != "https" {
		return nil, fmt.Errorf("%q is not the URL of a monitor, such as http://apihost:9647", mask.URL(text))
	}
	base.Path = strings.TrimSuffix(strings.TrimRight(base.Path, "/"), "/metrics")
	base.RawQuery, base.Fragment = "", ""
	return base, nil
}

// Names returns what each monitor is called, in messages and in the name of its file: the host, and the port too where several
// are on one host, and a number where that is not enough.
func Names(bases []*url.URL) []string {
	hosts := map[string]int{}
	for _, base := range bases {
		hosts[base.Hostname()]++
	}
	var names []string
	for _, base := range bases {
		name := base.Hostname()
		if hosts[name] > 1 && base.Port() != "" {
			name += "_" + base.Port()
		}
		name = strings.NewReplacer(":", "-", "%", "-").Replace(name) // IPv6
		for n, first := 2, name; slices.Contains(names, name); n++ {
			name = fmt.Sprintf("%s_%d", first, n)
		}
		names = append(names, name)
	}
	return names
}

// Dial asks the monitor at base what its rows are and what its clock shows. The error says what is wrong and what to do.
func Dial(ctx context.Context, base *url.URL, name, token string) (*Monitor, error) {
	m := &Monitor{base: base, name: name, token: token, http: &http.Client{Timeout: askTime}}
	if err := m.readColumns(ctx); err != nil {
		return nil, err
	}
	offset, err := m.measure(ctx)
	if err != nil {
		return nil, err
	}
	m.offset = offset
	interval := m.columns.interval()
	m.shift = time.Duration(math.Round(float64(offset.Ahead)/float64(interval))) * interval
	m.last = time.Now().Add(offset.Ahead - interval)
	return m, nil
}

// Name is what the monitor is called.
func (m *Monitor) Name() string { return m.name }

// Ahead is how far the monitor's clock is ahead of ours; negative is behind.
func (m *Monitor) Ahead() time.Duration { return m.offset.Ahead }

// Clock says that the monitor's clock differs from ours by so much that people should know; "" where it does not.
func (m *Monitor) Clock() string {
	if m.offset.Ahead.Abs() < Ahead {
		return ""
	}
	return fmt.Sprintf("the clock of %s is %s; its rows are put on this machine's clock", m.name, m.offset)
}
