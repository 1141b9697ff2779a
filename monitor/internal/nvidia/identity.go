// Package nvidia reads NVIDIA GPUs through NVML, the library of their driver: every device, whatever the driver's age, and again
// after the driver was away. Every call may hang, so whoever uses it does so in the background.
package nvidia

// Whole is the MIG number of an Identity that is a GPU and not a part of one.
const Whole = -1

// An Identity says which device the columns of a GPU, or of a MIG instance of it, are of. A text is empty and a number 0 where the
// driver does not tell.
type Identity struct {
	// GPU and MIG are the numbers in the columns' names; MIG is Whole for the GPU itself.
	GPU, MIG int
	// Name is the product; UUID stays the same wherever the device is plugged in; PCI is its address on the bus.
	Name, UUID, PCI string
	// MemoryGB is the size of its memory.
	MemoryGB float64
	// Driver and CUDA are the versions of the driver and of the newest CUDA that it runs.
	Driver, CUDA string
}
