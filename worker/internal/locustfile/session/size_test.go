package session

import (
	"testing"
	"unsafe"
)

// TestSizes holds the objects that each request makes to the size classes that they are in (runtime/sizeclasses.go: 704 and 768
// bytes, 8 of them the runtime's own): one word more is 64 or 128 bytes more to clear and to collect.
func TestSizes(t *testing.T) {
	t.Parallel()
	if got := unsafe.Sizeof(response{}); got > 760 {
		t.Errorf("a response of HttpSession takes %d bytes, 760 fit", got)
	}
	if got := unsafe.Sizeof(fastResponse{}); got > 696 {
		t.Errorf("a response of FastHttpSession takes %d bytes, 696 fit", got)
	}
}
