package series

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"time"
)

// MostBytes is how large a page may be, unpacked.
const MostBytes = 16 << 20

// roomKept is how much room of a page is kept for the next.
const roomKept = 1 << 20

// accept asks for the classic text format, which costs a server the least, and takes OpenMetrics of one that has no other.
const accept = "text/plain;version=0.0.4,application/openmetrics-text;version=1.0.0;q=0.7,application/openmetrics-text;version=0.0.1;q=0.6,*/*;q=0.1"

// Access is how servers are asked.
type Access struct {
	// Token is sent, as a bearer token, to servers whose URL has no user.
	Token string
	// Insecure says that certificates are not checked.
	Insecure bool

	transport http.RoundTripper // of a test; nil for the network
}

// A client asks one server. It is used by one goroutine.
type client struct {
	url            string // without user and password
	user, password string
	token          string
	http           *http.Client
	body           bytes.Buffer // of the last page
}

// newClient takes a URL that may have a user and a password in it.
func newClient(address string, access Access) (*client, error) {
	parsed, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("the URL cannot be read") // the cause has the password in it
	}
	c := &client{http: &http.Client{Transport: access.transport}}
	if access.transport == nil {
		c.http.Transport = &http.Transport{
			TLSClientConfig:   &tls.Config{InsecureSkipVerify: access.Insecure}, // the user says so with --insecure
			ForceAttemptHTTP2: true,                                             // which a TLSClientConfig would end
		}
	}
	if parsed.User == nil {
		c.token = access.Token
	} else {
		c.user = parsed.User.Username()
		c.password, _ = parsed.User.Password()
		parsed.User = nil
	}
	c.url = parsed.String()
	return c, nil
}

// get returns a page, its content type, and when it came. The page is good until the next get. apart asks over a connection of its own.
func (c *client) get(ctx context.Context, apart bool) (page []byte, contentType string, at time.Time, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url, nil)
	if err != nil {
		return nil, "", time.Time{}, err
	}
	request.Close = apart
	request.Header.Set("Accept", accept)
	request.Header.Set("User-Agent", "gregaria-monitor")
	switch {
	case c.user != "" || c.password != "":
		request.SetBasicAuth(c.user, c.password)
	case c.token != "":
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, "", time.Time{}, err
	}
	at = time.Now() // a server makes its page before it begins to answer
	defer response.Body.Close()
	if contentType, err = kindOfPage(response); err != nil {
		return nil, "", time.Time{}, err
	}
	page, err = c.load(response.Body)
	return page, contentType, at, err
}

// load reads a body.
func (c *client) load(body io.Reader) ([]byte, error) {
	if c.body.Cap() > roomKept && c.body.Len() < roomKept {
		c.body = bytes.Buffer{} // of one large page
	}
	c.body.Reset()
	if _, err := c.body.ReadFrom(io.LimitReader(body, MostBytes+1)); err != nil {
		return nil, err
	}
	if c.body.Len() > MostBytes {
		return nil, fmt.Errorf("the page is larger than %d MB", MostBytes>>20)
	}
	return c.body.Bytes(), nil
}

// kindOfPage is the content type of an answer with metrics.
func kindOfPage(response *http.Response) (string, error) {
	switch response.StatusCode {
	case http.StatusOK:
	case http.StatusUnauthorized, http.StatusForbidden:
		return "", fmt.Errorf("it answers %s; give user:password@ in the URL, or a token in GREGARIA_MONITOR_SCRAPE_TOKEN", response.Status)
	default:
		return "", fmt.Errorf("it answers %s", response.Status)
	}
	contentType := response.Header.Get("Content-Type")
	if contentType == "" {
		return plainText, nil
	}
	switch kind, _, _ := mime.ParseMediaType(contentType); kind {
	case plainText, "application/openmetrics-text":
		return contentType, nil
	default:
		return "", fmt.Errorf("it answers %q, which is no page of metrics", clip(contentType))
	}
}

func (c *client) close() { c.http.CloseIdleConnections() }
