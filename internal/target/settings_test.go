package target_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gregaria/internal/target"
)

func TestPutSettings(t *testing.T) {
	t.Parallel()
	server := start(t, target.Settings{Latency: time.Millisecond})
	client := browser(t)
	const defaults = `{"latency":"1ms","latency_jitter":"0s","error_rate":0,"cpu":"0s","hold":"0B"}`
	for _, test := range []struct {
		reason, body string
		status       int
		want         string
	}{
		{"nothing named", `{}`, 200, defaults},
		{"not a setting", `{"fox":1}`, 400, defaults},
		{"not a rate", `{"error_rate":1.5}`, 400, defaults},
		{"one good value does not save a bad one", `{"latency":"5ms","cpu":"fox"}`, 400, defaults},
		{"not JSON", `latency`, 400, defaults},
		{
			"some", `{"latency":"20ms","hold":"1MB"}`, 200,
			`{"latency":"20ms","latency_jitter":"0s","error_rate":0,"cpu":"0s","hold":"1MB"}`,
		},
		{
			"the others stay", `{"latency_jitter":"5ms","error_rate":0.5,"cpu":"1.5ms"}`, 200,
			`{"latency":"20ms","latency_jitter":"5ms","error_rate":0.5,"cpu":"1.5ms","hold":"1MB"}`,
		},
	} {
		status, _ := send(t, client, "PUT", server.URL()+"/settings", test.body)
		_, got := send(t, client, "GET", server.URL()+"/settings", "")
		if status != test.status || got != test.want {
			t.Errorf("%s: PUT %s = %d, settings %s, want %d, %s", test.reason, test.body, status, got, test.status, test.want)
		}
	}
}

func TestSettingsValidate(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		settings target.Settings
		want     string // part of the error; "" for none
	}{
		{target.Settings{}, ""},
		{target.Settings{Latency: 2, LatencyJitter: 2, ErrorRate: 1, CPU: 1, Hold: target.MaxHold}, ""},
		{target.Settings{Latency: -1}, "latency -1ns is negative"},
		{target.Settings{LatencyJitter: -1}, "latency-jitter -1ns is negative"},
		{target.Settings{Latency: 1, LatencyJitter: 2}, "latency-jitter 2ns is more than latency 1ns"},
		{target.Settings{ErrorRate: -0.1}, "error-rate -0.1"},
		{target.Settings{ErrorRate: 1.1}, "error-rate 1.1"},
		{target.Settings{ErrorRate: math.NaN()}, "error-rate NaN"},
		{target.Settings{CPU: -1}, "cpu -1ns is negative"},
		{target.Settings{Hold: -1}, "hold -1"},
		{target.Settings{Hold: target.MaxHold + 1}, "hold 1073741825"},
	} {
		err := test.settings.Validate()
		switch {
		case test.want == "" && err != nil:
			t.Errorf("%+v.Validate() = %v, want nil", test.settings, err)
		case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
			t.Errorf("%+v.Validate() = %v, want %q", test.settings, err, test.want)
		}
	}
}

func TestSettingsSurviveJSON(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := target.Settings{
			Latency:       time.Duration(rapid.Int64().Draw(t, "latency")),
			LatencyJitter: time.Duration(rapid.Int64().Draw(t, "jitter")),
			ErrorRate:     rapid.Float64Range(0, 1).Draw(t, "rate"),
			CPU:           time.Duration(rapid.Int64().Draw(t, "cpu")),
			Hold:          target.Size(rapid.Int64Range(0, 1<<50).Draw(t, "hold")),
		}
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got target.Settings
		if err := json.Unmarshal(data, &got); err != nil || got != want {
			t.Fatalf("%s is read as %+v, %v, want %+v", data, got, err, want)
		}
	})
}

func TestSizeText(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text string
		want target.Size
		ok   bool
	}{
		{"0", 0, true},
		{"4096", 4096, true},
		{"12B", 12, true},
		{"512KB", 512 << 10, true},
		{"1mb", 1 << 20, true},
		{"1.5MB", 3 << 19, true},
		{"2GB", 2 << 30, true},
		{"", 0, false},
		{"MB", 0, false},
		{"-1MB", 0, false},
		{"1XB", 0, false},
		{"1KKB", 0, false},
		{"NaN", 0, false},
		{"1e30", 0, false},
	} {
		var got target.Size
		err := got.UnmarshalText([]byte(test.text))
		if got != test.want || (err == nil) != test.ok {
			t.Errorf("size %q = %d, %v, want %d, ok %v", test.text, got, err, test.want, test.ok)
		}
	}
}

func FuzzSize(f *testing.F) {
	for _, seed := range []string{"1MB", "512KB", "0", "1.5GB", "-1", "1e3KB", "0x1p4B"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var size target.Size
		if size.UnmarshalText([]byte(text)) != nil {
			return
		}
		written, err := size.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var again target.Size
		if err := again.UnmarshalText(written); size < 1<<53 && (err != nil || again != size) {
			t.Errorf("%q is %d, written as %s, read again as %d, %v", text, size, written, again, err)
		}
	})
}
