package cli

import (
	"fmt"
	"net/url"
	"slices"

	"gregaria/internal/mask"
	"gregaria/monitor/internal/collector"
)

// webFlags are those of what is asked over HTTP.
type webFlags struct {
	Locust   string
	Scrape   []string
	Series   []string
	ScrapeTo string
	Show     bool
	Insecure bool
}

// define makes the flags.
func (f *webFlags) define(s settings) {
	s.text(&f.Locust, "locust", "", "URL", "The web UI of a Locust master, such as http://127.0.0.1:8089: its users, rates and response times stand in each row")
	s.list(&f.Scrape, "scrape", "URL,...", "Metrics that a server shows to Prometheus, such as http://api:8000/metrics; may be repeated. They go to a file of their own, on the same seconds")
	s.list(&f.Series, "series", "REGEX,...", "Names of series of --scrape to write; without it gauges and counters that move, and with + before a name those and it")
	s.text(&f.ScrapeTo, "scrape-output", "", "FILE", "The CSV file for --scrape. Without it, it is named after --output: service.csv beside metrics.csv")
	s.yes(&f.Show, "list-series", "Print the names of all series that the servers of --scrape show, and end")
	s.yes(&f.Insecure, "insecure", "Accept any TLS certificate of what is asked over https")
}

// check compares the flags with the groups that --collect names.
func (f webFlags) check(groups, collect []string) error {
	if f.Locust == "" && slices.Contains(groups, collector.Run) && !slices.Contains(collect, collector.Default) {
		return fmt.Errorf("--collect: %s is of a Locust master; say with --locust URL which one", collector.Run)
	}
	if err := checkURL(f.Locust); f.Locust != "" && err != nil {
		return fmt.Errorf("--locust: %w", err)
	}
	return nil
}

// complete adds the group that --locust asks for.
func (f webFlags) complete(groups []string) []string {
	if f.Locust == "" || slices.Contains(groups, collector.Run) {
		return groups
	}
	return append(groups, collector.Run)
}

// checkURL wants the URL of a server.
func checkURL(text string) error {
	parsed, err := url.Parse(text)
	if err != nil || parsed.Scheme != "http" && parsed.Scheme != "https" || parsed.Hostname() == "" {
		return fmt.Errorf("%q is not the URL of a server, such as http://127.0.0.1:8089", mask.URL(text))
	}
	return nil
}
