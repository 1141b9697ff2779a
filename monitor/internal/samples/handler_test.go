package samples

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"gregaria/internal/resource"
)

// server has three rows, half a second apart, and a clock that goes on by a second whenever it is read.
func server(t *testing.T) http.Handler {
	t.Helper()
	now := time.Unix(1700000000, 123456789)
	r := ring(t, resource.CPUPercent, "Other")
	h := NewHandler(r, 500*time.Millisecond, func() time.Time { now = now.Add(time.Second); return now })
	for i := range 3 {
		if err := r.Write(time.UnixMilli(1700000100000+500*int64(i)), []resource.Cell{resource.Of(float64(i)), {}}); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

func ask(h http.Handler, path, authorization string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestSamples(t *testing.T) {
	t.Parallel()
	h := server(t)
	for _, c := range []struct {
		query string
		code  int
		want  string
	}{
		{"?since=1700000100.5", 200, `{"Timestamp":1700000101,"CPU_Percent":2,"Time":"2023-11-14T22:15:01Z"}` + "\n"},
		{"?since=1700000101", 200, ""},
		{"?since=1.7000001005e9", 200, `{"Timestamp":1700000101,"CPU_Percent":2,"Time":"2023-11-14T22:15:01Z"}` + "\n"},
		{"?since=", 400, `since: [""] is not one time in epoch seconds`},
		{"?since=yesterday", 400, `since: ["yesterday"] is not one time`},
		{"?since=NaN", 400, "is not one time"},
		{"?since=-1", 400, "is not one time"},
		{"?since=1700000100500", 400, "is not one time"}, // milliseconds
		{"?since=1&since=2", 400, "is not one time"},
	} {
		w := ask(h, Path+c.query, "")
		if w.Code != c.code || c.code == 200 && w.Body.String() != c.want || !strings.Contains(w.Body.String(), c.want) {
			t.Errorf("GET %s = %d, %q, want %d, %q", c.query, w.Code, w.Body, c.code, c.want)
		}
		if c.code == 400 && strings.Count(w.Body.String(), "\n") != 1 {
			t.Errorf("GET %s says %q, want a line", c.query, w.Body)
		}
	}
	w := ask(h, Path, "")
	if n := strings.Count(w.Body.String(), "\n"); n != 3 {
		t.Errorf("without since there are %d rows, want all 3", n)
	}
	for name, want := range map[string]string{
		OldestHeader: "1700000100", NewestHeader: "1700000101", StartedHeader: "1700000001.123", "Cache-Control": "no-store",
		"Content-Type": "application/x-ndjson",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestBeforeTheFirstRow(t *testing.T) {
	t.Parallel()
	w := ask(NewHandler(ring(t, "A"), time.Second, time.Now), Path, "")
	if w.Code != 200 || w.Body.Len() != 0 || w.Header().Get(OldestHeader) != "" {
		t.Errorf("GET = %d, %q, %v, want nothing", w.Code, w.Body, w.Header())
	}
}

func TestColumns(t *testing.T) {
	t.Parallel()
	var got Columns
	w := ask(server(t), ColumnsPath, "")
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if want := []string{"Timestamp", "CPU_Percent", "Time", "Other"}; !slices.Equal(got.Columns, want) || got.Interval != 0.5 || got.Started != 1700000001.123 {
		t.Errorf("GET %s = %+v, want %q every 0.5 s", ColumnsPath, got, want)
	}
}

func TestClock(t *testing.T) {
	t.Parallel()
	var got Clock
	w := ask(server(t), ClockPath, "")
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.ReceiveNS != 1700000002123456789 || got.TransmitNS != 1700000003123456789 || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("GET %s = %+v, %v, want the clock at the question and at the answer", ClockPath, got, w.Header())
	}
}

func TestGuard(t *testing.T) {
	t.Parallel()
	const token = "0123456789abcdef"
	h := Guard(token, server(t))
	for _, c := range []struct {
		authorization string
		code          int
	}{
		{"", 401},
		{"Bearer", 401},
		{"Bearer ", 401},
		{"Bearer 0123456789abcdeF", 401},
		{"Bearer 0123456789abcde", 401},
		{"Bearer 0123456789abcdef0", 401},
		{"Basic " + token, 401},
		{token, 401},
		{"Bearer " + token, 200},
		{"bearer  " + token, 200},
	} {
		for _, path := range []string{Path, ColumnsPath, ClockPath} {
			w := ask(h, path, c.authorization)
			if w.Code != c.code || strings.Contains(w.Body.String(), token) {
				t.Errorf("GET %s with %q = %d, %q, want %d", path, c.authorization, w.Code, w.Body, c.code)
			}
			if c.code == 401 && (w.Header().Get("WWW-Authenticate") == "" || strings.Contains(w.Body.String(), "Timestamp")) {
				t.Errorf("GET %s with %q = %q, %q, want to be asked for the token", path, c.authorization, w.Header(), w.Body)
			}
		}
	}
}

func TestCheckToken(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		token string
		ok    bool
	}{
		{"", false},
		{"0123456789abcde", false},
		{"0123456789abcdef", true},
		{"0123456789abcdef ", false},
		{"0123456789\nabcdef", false},
		{"0123456789abcdéf", false},
		{"zZ9-._~+/=!#$%&'*", true},
	} {
		err := CheckToken(c.token)
		if (err == nil) != c.ok || err != nil && c.token != "" && strings.Contains(err.Error(), c.token) {
			t.Errorf("CheckToken(%q) = %v, want ok %v and the token not in the message", c.token, err, c.ok)
		}
	}
}

// FuzzSince: what is taken as a time is that time, to the millisecond.
func FuzzSince(f *testing.F) {
	for _, text := range []string{"1700000000", "0.0004", "1e3", "-1", "NaN", "+Inf", "0x1p-2", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at, err := since([]string{text})
		if err != nil {
			return
		}
		again, err := since([]string{epoch(at)})
		if err != nil || !again.Equal(at) || at.UnixMilli() < 0 {
			t.Errorf("since(%q) = %s, and of that %s, %v", text, at, again, err)
		}
	})
}
