package charname

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"
	"unicode"
)

// TestNames compares all names with those that unicodedata.name of CPython 3.11 gave, a line "%x name" for each character that has
// one. It fails when Go's tables become those of a newer Unicode: newer.go then needs the characters that came with it.
func TestNames(t *testing.T) {
	t.Parallel()
	sum, n := sha256.New(), 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		name := Of(r)
		if name == "" {
			continue
		}
		n++
		_, _ = fmt.Fprintf(sum, "%x %s\n", r, name)
		if r < 0x3400 || r >= 0x1f000 && r < 0x20000 {
			if found, ok := Lookup(name); !ok || found != r {
				t.Errorf("Lookup(%q) = %U, %v, want %U", name, found, ok, r)
			}
		}
	}
	const want = "b2b95f9b781cd1555f9bea34c8b9caa6dc4489dae75e66bdfe970dc48aa2f1d6"
	if got := hex.EncodeToString(sum.Sum(nil)); n != 138552 || got != want {
		t.Errorf("%d names with the sum %s, want 138552 with %s", n, got, want)
	}
}
