package locustweb

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// templateArgs is what comes before the JSON in the page of the web UI, as from Locust 2.20 on (webui/dist/index.html).
const templateArgs = "window.templateArgs = "

// A Page is what the page of the web UI knows of its master, uncached (template_args in locust/web.py).
type Page struct {
	// Version is that of the master's Locust.
	Version string `json:"version"`
	// Host is what --host, or the form of the last test, says.
	Host string `json:"host"`
	// Distributed says that it is a master, and not a Locust of one process.
	Distributed bool `json:"is_distributed"`
	// HidesOptions and KeepsOptions say that a load shape decides how many users run; with the second, the form has users as well.
	HidesOptions bool `json:"hide_common_options"`
	KeepsOptions bool `json:"shape_use_common_options"`
	// Ahead is how far the master's clock is ahead of this machine's, to about a second; 0 where it does not tell.
	Ahead time.Duration `json:"-"`
}

// Shape reports whether a load shape decides how many users run.
func (p Page) Shape() bool { return p.HidesOptions || p.KeepsOptions }

// Page asks for the page of the web UI. That of Locust before 2.20 is another one: an ErrPage.
func (c *Client) Page(ctx context.Context) (Page, error) {
	ahead := time.Duration(0)
	data, err := c.exchange(ctx, RequestTimeout, http.MethodGet, "/", "", "", func(response *http.Response) error {
		if date, err := http.ParseTime(response.Header.Get("Date")); err == nil {
			ahead = time.Until(date.Add(time.Second / 2)) // it has whole seconds
		}
		return checkLogin(response)
	})
	if err != nil {
		return Page{}, err
	}
	_, said, found := bytes.Cut(data, []byte(templateArgs))
	if !found {
		return Page{}, ErrPage
	}
	page := Page{Ahead: ahead}
	if err := json.NewDecoder(bytes.NewReader(said)).Decode(&page); err != nil {
		return Page{}, fmt.Errorf("parse the page of the web UI: %w", err)
	}
	return page, nil
}
