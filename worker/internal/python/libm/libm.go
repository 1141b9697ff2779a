// Package libm calls the C library's mathematics, because CPython does: Go's own functions differ in the last bit, and a
// random sequence that goes through log or cos would differ with them.
package libm

// #cgo LDFLAGS: -lm
// #include <math.h>
import "C"

// Log is log(x).
func Log(x float64) float64 { return float64(C.log(C.double(x))) }

// Exp is exp(x).
func Exp(x float64) float64 { return float64(C.exp(C.double(x))) }

// Pow is pow(x, y).
func Pow(x, y float64) float64 { return float64(C.pow(C.double(x), C.double(y))) }

// Sin is sin(x).
func Sin(x float64) float64 { return float64(C.sin(C.double(x))) }

// Cos is cos(x).
func Cos(x float64) float64 { return float64(C.cos(C.double(x))) }

// Call applies one of the functions of one argument by its name in C.
func Call(name string, x float64) float64 {
	c := C.double(x)
	switch name {
	case "tan":
		c = C.tan(c)
	case "asin":
		c = C.asin(c)
	case "acos":
		c = C.acos(c)
	case "atan":
		c = C.atan(c)
	case "sinh":
		c = C.sinh(c)
	case "cosh":
		c = C.cosh(c)
	case "tanh":
		c = C.tanh(c)
	case "asinh":
		c = C.asinh(c)
	case "acosh":
		c = C.acosh(c)
	case "atanh":
		c = C.atanh(c)
	case "erfc":
		c = C.erfc(c)
	case "exp2":
		c = C.exp2(c)
	case "log2":
		c = C.log2(c)
	case "log10":
		c = C.log10(c)
	case "log1p":
		c = C.log1p(c)
	case "expm1":
		c = C.expm1(c)
	case "erf":
		c = C.erf(c)
	case "gamma":
		c = C.tgamma(c)
	case "lgamma":
		c = C.lgamma(c)
	}
	return float64(c)
}

// Atan2 is atan2(y, x).
func Atan2(y, x float64) float64 { return float64(C.atan2(C.double(y), C.double(x))) }
