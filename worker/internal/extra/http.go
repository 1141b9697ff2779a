package extra

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"net/http"
	"strings"
	"time"

	"gregaria/worker/internal/python"
)

// fetching is a request of http.client or urllib, which are for a file's errands: its load goes through Locust's client.
type fetching struct {
	method, url string
	headers     [][2]string
	body        []byte
	timeout     time.Duration
	verify      bool
	follow      bool
}

// fetched is the answer, in plain Go.
type fetched struct {
	status      int
	reason, url string
	headers     [][2]string
	body        []byte
}

func (f fetching) do(ctx context.Context) (*fetched, error) {
	if f.timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, f.timeout)
		defer cancel()
	}
	req, err := http.NewRequestWithContext(ctx, f.method, f.url, bytes.NewReader(f.body))
	if err != nil {
		return nil, err
	}
	req.Header["User-Agent"] = nil // none unless the caller says so
	for _, h := range f.headers {
		if strings.EqualFold(h[0], "Host") {
			req.Host = h[1]
		}
		req.Header.Set(h[0], h[1])
	}
	transport := &http.Transport{
		DisableKeepAlives: true, DisableCompression: true,
		TLSClientConfig: &tls.Config{InsecureSkipVerify: !f.verify}, //nolint:gosec // the file asked for it
	}
	client := &http.Client{Transport: transport}
	if !f.follow {
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(resp.Body)
	if cerr := resp.Body.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return nil, err
	}
	out := &fetched{status: resp.StatusCode, url: resp.Request.URL.String(), body: body}
	_, out.reason, _ = strings.Cut(resp.Status, " ")
	for k, vs := range resp.Header {
		for _, v := range vs {
			out.headers = append(out.headers, [2]string{k, v})
		}
	}
	return out, nil
}

// newHTTP makes what http.client and urllib.request send with.
func newHTTP(*thread) (*python.Module, error) {
	return python.NewModule("_extra_http", nil,
		python.Func("fetch(method, url, headers, body, timeout, verify, follow)", func(t *thread, a []value) (value, error) {
			f := fetching{verify: a[5] == python.True, follow: a[6] == python.True}
			f.method, _ = python.AsStr(a[0])
			f.url, _ = python.AsStr(a[1])
			if b, ok := python.AsBytes(a[3]); ok {
				f.body = []byte(b)
			}
			if s, ok := python.AsFloat(a[4]); ok {
				f.timeout = time.Duration(s * 1e9)
			}
			err := t.Each(a[2], func(v value) error {
				pair, err := t.ToSlice(v)
				if err == nil && len(pair) == 2 {
					k, _ := python.AsStr(pair[0])
					x, _ := python.AsStr(pair[1])
					f.headers = append(f.headers, [2]string{k, x})
				}
				return err
			})
			if err != nil {
				return nil, err
			}
			var r *fetched
			var ferr error
			if err := t.BlockingIn(lifetime(t), func(ctx context.Context) { r, ferr = f.do(ctx) }); err != nil {
				return nil, err
			}
			if ferr != nil {
				return nil, networkError(t, ferr)
			}
			return r.value(), nil
		})), nil
}

func (r *fetched) value() value {
	headers := python.NewList()
	for _, h := range r.headers {
		headers.Append(python.NewTuple(str(h[0]), str(h[1])))
	}
	return python.NewTuple(python.NewInt(int64(r.status)), str(r.reason), headers, python.NewBytes(r.body), str(r.url))
}

// lifetime is the context of the user that a thread runs: its end cuts what the thread waits for.
func lifetime(t *thread) context.Context {
	if o, ok := t.Local.(interface{ Context() context.Context }); ok {
		return o.Context()
	}
	return context.Background()
}
