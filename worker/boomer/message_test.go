package boomer

import (
	"bytes"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/ugorji/go/codec"
)

// TestCustomMessagesIn sends what a Locust master sends and compares with what boomer's own decoder makes of it, which only
// dicts and None, which boomer drops, do not go through.
func TestCustomMessagesIn(t *testing.T) {
	for _, data := range []any{
		"text", "ü", "", 5, 0, -5, 127, 128, -129, 1 << 40, 1.5, true, []byte("bytes"),
		[]any{},
		[]any{"a", 1, 200, nil, []any{"b", -1}, map[string]any{"name": "User0", "n": 3}},
	} {
		want := CustomMessage{}
		h := &codec.MsgpackHandle{}
		h.StructToArray = true
		if err := codec.NewDecoderBytes(asPython("kind", data), h).Decode(&want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.Data, arrives(t, data).Data); diff != "" {
			t.Errorf("data %v (-boomer +ours):\n%s", data, diff)
		}
	}
	dict := map[string]any{"names": []any{"ann", "bob"}, "n": 2, "none": nil}
	want := map[string]any{"names": []any{"ann", "bob"}, "n": int64(2), "none": nil}
	if diff := cmp.Diff(want, arrives(t, dict).Data); diff != "" {
		t.Errorf("a dict (-want +got):\n%s", diff)
	}
	if got := arrives(t, nil); got.Data != nil || got.Type != "kind" || got.NodeID == "" {
		t.Errorf("None = %+v, want nil data and the worker's name", got)
	}
}

// asPython writes a message in the form of Python's msgpack: what is not below 0 has no sign.
func asPython(kind string, data any) (frame []byte) {
	h := &codec.MsgpackHandle{WriteExt: true, PositiveIntUnsigned: true}
	codec.NewEncoderBytes(&frame, h).MustEncode([]any{kind, data, "node"})
	return frame
}

// arrives returns the message that a handler gets.
func arrives(t *testing.T, data any) (got *CustomMessage) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		ready := make(chan struct{})
		r.on("kind", func(m *CustomMessage) {
			<-ready
			got = m
		})
		r.Run(&Task{Fn: func() {
			if got == nil {
				panic("a user began before the handler of an earlier message was done")
			}
			time.Sleep(time.Second)
		}})
		synctest.Wait()
		r.master.Raw(asPython("kind", data))
		r.spawn(map[string]int{"User": 1}, 0, 0)
		synctest.Wait()
		close(ready)
		if bad := r.messages("exception"); len(bad) > 0 {
			t.Error(bad)
		}
		r.Quit()
		time.Sleep(time.Second) // the task: nothing was known of it, so it was not waited for
	})
	if got == nil {
		t.Fatalf("a message with %v reaches no handler", data)
	}
	return got
}

func TestCustomMessagesOut(t *testing.T) {
	type account struct {
		Name string `codec:"name"`
		N    int    `codec:"n"`
	}
	for _, tt := range []struct{ data, want any }{
		{nil, nil},
		{"text", "text"},
		{[]byte("bytes"), "bytes"},
		{5, int64(5)},
		{map[string]any{"a": []byte("b")}, map[any]any{"a": "b"}},
		{[]string{"a", "b"}, []any{"a", "b"}},
		{account{"ann", 3}, []any{"ann", int64(3)}},
		{"bad \xff", "bad \uFFFD"},
	} {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t)
			r.SendCustomMessage("early", nil) // nobody to tell
			r.Run()
			synctest.Wait()
			r.SendCustomMessage("kind", tt.data)
			got := r.messages("kind")
			if len(got) != 1 {
				t.Fatalf("messages = %v, want one", got)
			}
			if diff := cmp.Diff(tt.want, got[0].Data); diff != "" {
				t.Errorf("%v (-want +got):\n%s", tt.data, diff)
			}
			r.Quit()
			for _, frame := range r.master.frames {
				if bytes.Contains(frame, []byte("\xa4kind")) && bytes.IndexByte(frame, 0xc4) >= 0 {
					t.Errorf("%v is sent as bytes, want text as boomer sends it: % x", tt.data, frame)
				}
			}
		})
	}
}
