package boomer

import (
	"bytes"
	"testing"
	"time"

	"github.com/ugorji/go/codec"
)

// FuzzParseRampUpRate: what is accepted climbs, and never beyond its limit.
func FuzzParseRampUpRate(f *testing.F) {
	for _, seed := range []string{"1", "1/1s", "200/10s", "9223372036854775807/1ns", "1/", "a/b", "-1", "1/1s/1s"} {
		f.Add(seed, int64(1000), int64(5))
	}
	f.Fuzz(func(t *testing.T, rate string, highest, steps int64) {
		step, every, err := parseRampUpRate(rate)
		if err != nil {
			return
		}
		if step <= 0 || every <= 0 {
			t.Fatalf("parseRampUpRate(%q) = %d, %v, want both above 0", rate, step, every)
		}
		if highest <= 0 || steps <= 0 || steps >= 1<<62 {
			return
		}
		now, later := ramped(step, highest, steps), ramped(step, highest, steps+1)
		if now <= 0 || now > later || later > highest {
			t.Errorf("%q: %d after %d steps, then %d, want a climb to %d at most", rate, now, steps, later, highest)
		}
		if spacing(now, time.Second) < spacing(later, time.Second) {
			t.Errorf("%q: turns become rarer", rate)
		}
	})
}

// FuzzCustomMessage: text that goes out comes in again as the bytes that boomer gives.
func FuzzCustomMessage(f *testing.F) {
	f.Add("text", int64(200))
	f.Add("\xff", int64(-1))
	f.Fuzz(func(t *testing.T, text string, n int64) {
		out, err := sent([]any{text, []byte(text), n, map[string]any{text: n}})
		if err != nil {
			t.Fatal(err)
		}
		list := received(out).([]any)
		for _, got := range list[:2] {
			if !bytes.Equal(got.([]byte), []byte(text)) {
				t.Errorf("%q comes in as %q", text, got)
			}
		}
		if err := codec.NewEncoderBytes(&[]byte{}, &codec.MsgpackHandle{}).Encode(list); err != nil {
			t.Errorf("what comes in cannot be sent again: %v", err)
		}
	})
}
