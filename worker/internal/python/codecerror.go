package python

import (
	"fmt"
)

// codecError is a UnicodeDecodeError or UnicodeEncodeError: object[start:end] has no meaning in the encoding.
func codecError(cls *Type, encoding string, object Value, start, end int, reason string) *Exception {
	return NewException(cls, NewStr(encoding), object, NewInt(int64(start)), NewInt(int64(end)), NewStr(reason))
}

// codecFields are the attributes that the arguments of a codec error become.
var codecFields = [...]string{"encoding", "object", "start", "end", "reason"}

func (e *Exception) codecSpecial(name string) Value {
	if !e.isCodecError() {
		return nil
	}
	for i, f := range codecFields {
		if f == name {
			return e.args.items[i]
		}
	}
	return nil
}

func (e *Exception) isCodecError() bool {
	return (e.cls.Is(UnicodeDecodeError) || e.cls.Is(UnicodeEncodeError)) && len(e.args.items) == len(codecFields)
}

// codecText is str(e) of a codec error (Objects/exceptions.c).
func codecText(e *Exception) string {
	encoding, reason := str0(e.args.items[0]), str0(e.args.items[4])
	start, _ := AsInt(e.args.items[2])
	end, _ := AsInt(e.args.items[3])
	verb, what, one := "decode", "byte", ""
	switch x := unwrap(e.args.items[1]).(type) {
	case *Bytes:
		if start >= 0 && start < int64(len(x.s)) {
			one = fmt.Sprintf("0x%02x", x.s[start])
		}
	case *Str:
		verb, what = "encode", "character"
		if start >= 0 && start < int64(x.length()) {
			one = "'" + asciiOnly(x.sub(int(start), int(start)+1).s) + "'"
		}
	}
	if end == start+1 && one != "" {
		return fmt.Sprintf("'%s' codec can't %s %s %s in position %d: %s", encoding, verb, what, one, start, reason)
	}
	return fmt.Sprintf("'%s' codec can't %s %ss in position %d-%d: %s", encoding, verb, what, start, end-1, reason)
}
