package check

import (
	"runtime"
	"testing"
)

func TestClaimIsOneRunsAtATime(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("there are no claims outside Linux")
	}
	const port = 64999 // nobody listens on a claimed port: it is only a name
	claim, err := Claim(port)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := Claim(port); err == nil {
		second.Close()
		t.Error("two runs have the same port")
	}
	if err := claim.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Claim(port)
	if err != nil {
		t.Fatalf("Claim() of a port that was given back = %v", err)
	}
	again.Close()
}
