package nvidia

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// An address is where a device is on the PCI bus. NVIDIA's driver counts its devices in this order.
type address struct{ domain, bus, device uint64 }

// parseAddress reads 0000:65:00.0, and 00000000:65:00.0 as NVML writes it: domain, bus, device and function, in hexadecimal.
func parseAddress(text string) (address, bool) {
	domain, rest, ok := strings.Cut(text, ":")
	bus, rest, alsoOK := strings.Cut(rest, ":")
	device, _, _ := strings.Cut(rest, ".")
	var a address
	for _, part := range []struct {
		text string
		bits int
		to   *uint64
	}{{domain, 32, &a.domain}, {bus, 8, &a.bus}, {device, 8, &a.device}} {
		value, err := strconv.ParseUint(part.text, 16, part.bits)
		if err != nil {
			return address{}, false
		}
		*part.to = value
	}
	return a, ok && alsoOK
}

func (a address) compare(b address) int {
	return cmp.Or(cmp.Compare(a.domain, b.domain), cmp.Compare(a.bus, b.bus), cmp.Compare(a.device, b.device))
}

// onBus finds the NVIDIA GPUs that the kernel sees below sys, in the order of the bus, with a driver or without. The vendor is
// NVIDIA's, 0x10de; the class is that of a display (0x0300, with a screen) or of a 3D controller (0x0302, without one): pci_ids.h.
func onBus(sys string) []address {
	files, _ := filepath.Glob(filepath.Join(sys, "bus/pci/devices/*/vendor"))
	var found []address
	for _, vendor := range files {
		folder := filepath.Dir(vendor)
		class := word(filepath.Join(folder, "class"))
		if word(vendor) != "0x10de" || !strings.HasPrefix(class, "0x0300") && !strings.HasPrefix(class, "0x0302") {
			continue
		}
		if a, ok := parseAddress(filepath.Base(folder)); ok {
			found = append(found, a)
		}
	}
	slices.SortFunc(found, address.compare)
	return found
}

// word is what a small file of the kernel says, or "".
func word(path string) string {
	data, _ := os.ReadFile(path)
	return strings.TrimSpace(string(data))
}

// String is the address as lspci -D writes it, without the function: a GPU's is 0.
func (a address) String() string { return fmt.Sprintf("%04x:%02x:%02x.0", a.domain, a.bus, a.device) }
