package regex

// Flags are the bits of re.RegexFlag.
type Flags uint32

// The flags, with the values that Python shows.
const (
	TemplateFlag Flags = 1 << iota
	IgnoreCase
	Locale
	Multiline
	DotAll
	Unicode
	Verbose
	Debug
	ASCII
)

const (
	typeFlags   = ASCII | Locale | Unicode
	globalFlags = Debug | TemplateFlag
)

// flagOf tells the letter of an inline flag.
func flagOf(c rune) (Flags, bool) {
	switch c {
	case 'i':
		return IgnoreCase, true
	case 'L':
		return Locale, true
	case 'm':
		return Multiline, true
	case 's':
		return DotAll, true
	case 'x':
		return Verbose, true
	case 'a':
		return ASCII, true
	case 't':
		return TemplateFlag, true
	case 'u':
		return Unicode, true
	}
	return 0, false
}

// with is what flags hold inside (?add-del:...).
func (f Flags) with(add, del Flags) Flags {
	if add&typeFlags != 0 {
		f &^= typeFlags
	}
	return (f | add) &^ del
}

// fixed completes the flags of a pattern, or says which contradict each other.
func (f Flags) fixed(isBytes bool) (Flags, error) {
	switch {
	case !isBytes && f&Locale != 0:
		return f, ValueError("cannot use LOCALE flag with a str pattern")
	case !isBytes && f&ASCII == 0:
		return f | Unicode, nil
	case !isBytes && f&Unicode != 0:
		return f, ValueError("ASCII and UNICODE flags are incompatible")
	case isBytes && f&Unicode != 0:
		return f, ValueError("cannot use UNICODE flag with a bytes pattern")
	case isBytes && f&Locale != 0 && f&ASCII != 0:
		return f, ValueError("ASCII and LOCALE flags are incompatible")
	}
	return f, nil
}
