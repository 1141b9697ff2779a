package boomer

import (
	"fmt"
	"math"

	"github.com/ugorji/go/codec"
)

// received is a custom message's data as boomer's programs know it: text is []byte, and a whole number above 127 is uint64,
// because of the form in which Python sends it; so it is in lists and what they hold. A dict, which boomer drops, is a
// map[string]any with text as string and whole numbers as int64.
func received(data any) any {
	if m, ok := data.(map[string]any); ok {
		return m
	}
	return plain(data)
}

func plain(data any) any {
	switch data := data.(type) {
	case string:
		return []byte(data)
	case int64:
		if data > math.MaxInt8 {
			return uint64(data)
		}
	case []any:
		out := make([]any, len(data))
		for i := range data {
			out[i] = plain(data[i])
		}
		return out
	case map[string]any:
		out := make(map[any]any, len(data))
		for k, v := range data {
			out[k] = plain(v)
		}
		return out
	}
	return data
}

// sent is data as boomer sends it: bytes are text, a struct is a list.
func sent(data any) (out any, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("msgpack: %v", v)
		}
	}()
	var bytes []byte
	write := &codec.MsgpackHandle{}
	write.StructToArray = true
	if err := codec.NewEncoderBytes(&bytes, write).Encode(data); err != nil {
		return nil, err
	}
	read := &codec.MsgpackHandle{}
	read.RawToString = true
	err = codec.NewDecoderBytes(bytes, read).Decode(&out)
	return out, err
}
