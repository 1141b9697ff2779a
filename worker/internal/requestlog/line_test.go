package requestlog

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/internal/mask"
	"gregaria/internal/requestline"
	"gregaria/worker/user"
)

func TestLine(t *testing.T) {
	t.Parallel()
	at := time.Unix(1_796_021_374, 123_456_789)
	const begin = `{"timestamp":1796021374.123456,"time":"2026-11-30T06:49:34.123456Z","worker":"host_0123","index":3,"user":"Shopper","type":"GET"`
	const cells = `1796021374.123456,2026-11-30T06:49:34.123456Z,host_0123,3,Shopper,GET`
	for _, tt := range []struct {
		reason    string
		request   user.Request
		json, csv string
	}{
		{
			"one that nothing more is known of",
			user.Request{Name: "/a", ResponseTime: 1500 * time.Microsecond, Length: 7},
			`,"name":"/a","response_ms":1.500,"length_bytes":7}`,
			`,/a,,,,1.500,,,,,,,7,,,,,,,,`,
		},
		{
			"without a time",
			user.Request{Name: "/a", ResponseTime: user.NoTime},
			`,"name":"/a","length_bytes":0}`,
			`,/a,,,,,,,,,,,0,,,,,,,,`,
		},
		{
			"all of it, on a new connection",
			user.Request{
				Name: "a, b", ResponseTime: time.Second, Length: 7, Failure: "no", URL: address("http://h/a"),
				Exchange: user.Exchange{Connect: 1e6, TLS: 2e6, Wait: 3e6, Download: 4e6, Status: 503, Sent: 10, Received: 20},
			},
			`,"name":"a, b","url":"http://h/a","status":503,"failure":"no","response_ms":1000.000,"connect_ms":1.000,"tls_ms":2.000,"wait_ms":3.000,` +
				`"download_ms":4.000,"length_bytes":7,"sent_bytes":10,"received_bytes":20,"exchanges":1}`,
			`,"a, b",http://h/a,503,no,1000.000,,,1.000,2.000,3.000,4.000,7,10,20,1,,,,,`,
		},
		{
			"redirected: the phases are sums, the status is the last",
			user.Request{
				Name: "/a", ResponseTime: time.Second, Exchange: user.Exchange{Wait: 3e6, Status: 200, Sent: 10, Received: 20},
				Earlier: []user.Exchange{{Connect: 5e6, Wait: 1e6, Status: 302, Sent: 1, Received: 2}, {Connect: 1e6}},
			},
			`,"name":"/a","status":200,"response_ms":1000.000,"connect_ms":6.000,"wait_ms":4.000,"download_ms":0.000,"length_bytes":0,"sent_bytes":11,` +
				`"received_bytes":22,"exchanges":3,"statuses":"302 0 200"}`,
			`,/a,,200,,1000.000,,,6.000,,4.000,0.000,0,11,22,3,302 0 200,,,,`,
		},
		{
			"late",
			user.Request{Name: "/a", ResponseTime: time.Second, Scheduled: true, Lateness: 5 * time.Second},
			`,"name":"/a","response_ms":1000.000,"scheduled_ms":6000.000,"lateness_ms":5000.000,"length_bytes":0}`,
			`,/a,,,,1000.000,6000.000,5000.000,,,,,0,,,,,,,,`,
		},
		{
			"a later one of a task that was",
			user.Request{Name: "/a", ResponseTime: time.Second, Scheduled: true, Lateness: user.NoTime},
			`,"name":"/a","response_ms":1000.000,"scheduled_ms":1000.000,"length_bytes":0}`,
			`,/a,,,,1000.000,1000.000,,,,,,0,,,,,,,,`,
		},
		{
			"cut off, and for timings alone",
			user.Request{Name: "/a", ResponseTime: user.NoTime, Incomplete: true, Apart: true},
			`,"name":"/a","length_bytes":0,"incomplete":true,"apart":true}`,
			`,/a,,,,,,,,,,,0,,,,,true,true,,`,
		},
		{
			"a line for each, whatever its texts have",
			user.Request{Name: "a\nb\"\\\t\xff\xfe\u2028é", ResponseTime: 0, Failure: "x\r\ny"},
			`,"name":"a\nb\"\\\u0009` + "\uFFFD\u2028é" + `","failure":"x\u000d\ny","response_ms":0.000,"length_bytes":0}`,
			`,"a b""\` + "\t\uFFFD\u2028é" + `",,,"x  y",0.000,,,,,,,0,,,,,,,,`,
		},
		{
			"no secrets",
			user.Request{
				Name: "/a?token=tik", URL: address("http://ann:tok@h/a?token=tik&page=2"),
				Failure: "404 for url: http://ann:tok@h/a?token=tik&page=2", ResponseTime: 0,
			},
			`,"name":"/a?token=***","url":"http://ann:***@h/a?token=***&page=2","failure":"404 for url: http://ann:***@h/a?token=***&page=2",` +
				`"response_ms":0.000,"length_bytes":0}`,
			`,/a?token=***,http://ann:***@h/a?token=***&page=2,,"404 for url: http://ann:***@h/a?token=***&page=2",0.000,,,,,,,0,,,,,,,,`,
		},
		{
			"the words of Locust's failures",
			user.Request{Name: "/a", Failure: "<X object at 0x7f2a>"},
			`,"name":"/a","failure":"<X object at 0x....>","response_ms":0.000,"length_bytes":0}`,
			`,/a,,,"<X object at 0x....>",0.000,,,,,,,0,,,,,,,,`,
		},
	} {
		tt.request.Type, tt.request.End = "GET", at
		if diff := cmp.Diff(begin+tt.json+"\n", written(tt.request, false)); diff != "" {
			t.Errorf("%s, JSON (-want +got):\n%s", tt.reason, diff)
		}
		if diff := cmp.Diff(cells+tt.csv+"\n", written(tt.request, true)); diff != "" {
			t.Errorf("%s, CSV (-want +got):\n%s", tt.reason, diff)
		}
	}
}

// FuzzLine has texts of any bytes: a line is valid, one line, and reads back as what was recorded.
func FuzzLine(f *testing.F) {
	f.Add("/a", "http://h/?a=b", "x\r\ny", int64(1_796_021_374_123_456), int64(1234567))
	f.Add("\xff\x00\"\\", ",\u2028é", "=1+1", int64(-5), int64(-7))
	f.Fuzz(func(t *testing.T, name, url, failure string, end, took int64) {
		q := user.Request{Type: name, Name: name, URL: address(url), Failure: failure, End: time.UnixMicro(end), ResponseTime: time.Duration(took)}
		// The longest line that a field can come to, several thousand bytes, is no matter here: a shard has room for megabytes.
		json, csv := written(q, false), written(q, true)
		for _, text := range []string{json, csv} {
			if strings.Count(text, "\n") != 1 || text[len(text)-1] != '\n' || strings.Contains(text, "\r") {
				t.Fatalf("%q is not one line", text)
			}
			if at, err := requestline.End([]byte(text)); err != nil || at != min(max(end, 0), lastMicrosecond) {
				t.Fatalf("End(%q) = %d, %v, want %d", text, at, err, end)
			}
		}
		fields, row := parsed(t, json), cells(t, csv)
		for field, recorded := range map[string]string{requestline.Type: name, requestline.Name: mask.Secrets(name), requestline.URL: mask.Secrets(url)} {
			want := strings.ToValidUTF8(recorded, "\uFFFD")
			if got, _ := fields[field].(string); got != want {
				t.Errorf("%s = %q in JSON, want %q", field, got, want)
			}
			broken := strings.NewReplacer("\n", " ", "\r", " ")
			if got := row[field]; got != broken.Replace(want) {
				t.Errorf("%s = %q in CSV, want %q", field, got, broken.Replace(want))
			}
		}
	})
}

// TestPlain has each byte at each place of a text that is looked at in eights.
func TestPlain(t *testing.T) {
	t.Parallel()
	for c := range 256 {
		for at := range 20 {
			text := []byte("abcdefghijklmnopqrst")
			text[at] = byte(c)
			want := len(text)
			if c < ' ' || c > '~'+1 || c == '"' || c == '\\' {
				want = at
			}
			if got := plain(string(text)); got != want {
				t.Errorf("plain(%q) = %d, want %d", text, got, want)
			}
		}
	}
}
