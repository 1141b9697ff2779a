package locust

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gregaria/internal/locusttest"
)

// TestBytesStayBytes sends and receives what Python has as bytes and as str.
func TestBytesStayBytes(t *testing.T) {
	t.Parallel()
	frame, err := encode("x", map[string]any{"bytes": []byte{0xff, 0}, "text": "é"}, "n")
	if err != nil {
		t.Fatal(err)
	}
	var m message
	if err := unmarshal(frame, &m); err != nil {
		t.Fatal(err)
	}
	want := map[any]any{"bytes": []byte{0xff, 0}, "text": "é"}
	if diff := cmp.Diff(want, validData(m.Data)); diff != "" {
		t.Errorf("data: want -, got +\n%s", diff)
	}
	again, err := locusttest.Decode(frame)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, again.Data); diff != "" {
		t.Errorf("as the master has it: want -, got +\n%s", diff)
	}
}
