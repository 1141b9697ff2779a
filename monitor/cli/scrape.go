package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/service"
	"gregaria/monitor/internal/series"
)

// scrapeToken is the variable that has the token for the servers of --scrape. It is no flag: arguments can be read by every user of
// the machine.
const scrapeToken = "GREGARIA_MONITOR_SCRAPE_TOKEN"

// checkScrape compares the flags of --scrape with each other.
func (f flags) checkScrape() error {
	for _, url := range f.Scrape {
		if err := checkURL(url); err != nil {
			return fmt.Errorf("--scrape: %w", err)
		}
	}
	if _, err := series.ParseChoice(f.Series); err != nil {
		return fmt.Errorf("--series: %w", err)
	}
	switch {
	case len(f.Scrape) == 0 && f.Show:
		return errors.New("--list-series: there is no server whose series they could be; give --scrape URL too")
	case len(f.Scrape) == 0 && len(f.Series) > 0:
		return errors.New("--series: there is no server whose series they could be; give --scrape URL too")
	case len(f.Scrape) == 0 && f.ScrapeTo != "":
		return errors.New("--scrape-output: there is nothing to write to it; give --scrape URL too")
	case len(f.Scrape) > 0 && f.scrapeOutput() == "":
		return errors.New("--scrape: there is no file to name its own after; give --scrape-output FILE too")
	case len(f.Scrape) > 0 && f.scrapeOutput() == f.Output:
		return errors.New("--scrape-output: that is the file of --output; give another")
	}
	return nil
}

// scrapeOutput is the file for --scrape, "" where neither it nor one to name it after was given.
func (f flags) scrapeOutput() string {
	if f.ScrapeTo != "" || f.NoCSV || f.Output == standardOutput {
		return f.ScrapeTo
	}
	return service.Beside(f.Output)
}

// scraping is what --scrape began; the zero value is nothing.
type scraping struct {
	servers *series.Servers
	path    string
	note    func(string)
}

// startScrape begins to ask the servers of --scrape.
func (f flags) startScrape(note func(string)) (scraping, error) {
	if len(f.Scrape) == 0 {
		return scraping{}, nil
	}
	choice, err := series.ParseChoice(f.Series)
	if err != nil {
		return scraping{}, err
	}
	file, err := service.Create(f.scrapeOutput(), f.Append)
	if err != nil {
		return scraping{}, err
	}
	servers, err := series.Start(f.Scrape, choice, f.access(), time.Duration(f.Interval), file, note)
	return scraping{servers, f.scrapeOutput(), note}, err
}

// access is how the servers of --scrape are asked.
func (f flags) access() series.Access {
	return series.Access{Token: os.Getenv(scrapeToken), Insecure: f.Insecure}
}

// listSeries prints the names of all series that the servers show.
func (c command) listSeries(ctx context.Context, f flags, note func(string)) int {
	names, err := series.Names(ctx, f.Scrape, f.access())
	for _, name := range names {
		if _, err := fmt.Fprintln(c.stdout, name); err != nil {
			note("print the names: " + err.Error())
			return exitcode.Output
		}
	}
	if err != nil {
		note("--scrape: " + strings.ReplaceAll(err.Error(), "\n", "; "))
		return exitcode.NotReady
	}
	return exitcode.OK
}

// tick asks for the rows of a tick.
func (s scraping) tick(at time.Time) {
	if s.servers != nil {
		s.servers.Tick(at)
	}
}

// end is called when the last row was taken, with the exit code so far, and returns that of all.
func (s scraping) end(code int) int {
	if s.servers == nil {
		return code
	}
	err := s.servers.Close()
	if err != nil {
		s.note("--scrape-output " + s.path + ": " + err.Error())
	}
	if err != nil && (code == exitcode.OK || code == exitcode.Interrupted) {
		return exitcode.Output
	}
	return code
}
