package locustweb

import (
	"os"
	"testing"
)

// FuzzParseSnapshot asserts that whatever a program on the web port answers is refused or gives numbers that add up.
func FuzzParseSnapshot(f *testing.F) {
	for _, name := range []string{"testdata/ready.json", "testdata/running.json"} {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := parseSnapshot(data)
		if err != nil {
			return
		}
		if s.Active() < 0 || s.Active()+len(s.Missing()) != len(s.Workers) {
			t.Errorf("Active() = %d and %d missing of %d workers", s.Active(), len(s.Missing()), len(s.Workers))
		}
		if _, known := s.P95(); known && s.Total().Requests == 0 {
			t.Errorf("P95() is known without a request: %s", data)
		}
	})
}
