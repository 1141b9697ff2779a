package socket

import (
	"encoding/binary"
	"errors"
	"net/netip"
	"slices"
	"testing"

	"golang.org/x/sys/unix"
)

// appendMessage is a message of the kernel's answer.
func appendMessage(to []byte, kind uint16, sequence uint32, payload []byte) []byte {
	native := binary.NativeEndian
	to = native.AppendUint32(to, uint32(unix.SizeofNlMsghdr+len(payload)))
	to = native.AppendUint16(to, kind)
	to = native.AppendUint16(to, unix.NLM_F_MULTI)
	to = native.AppendUint32(to, sequence)
	to = native.AppendUint32(to, 0)
	to = append(to, payload...)
	return append(to, make([]byte, (4-len(payload)%4)%4)...)
}

// encode is struct inet_diag_msg of a socket, with an attribute behind it.
func encode(s Socket) []byte {
	native, network := binary.NativeEndian, binary.BigEndian
	b := make([]byte, sizeofSocket)
	b[0], b[1] = unix.AF_INET6, byte(s.State)
	if s.Local.Addr().Is4() && s.Remote.Addr().Is4() {
		b[0] = unix.AF_INET
	}
	network.PutUint16(b[4:], s.Local.Port())
	network.PutUint16(b[6:], s.Remote.Port())
	copy(b[8:24], s.Local.Addr().AsSlice())
	copy(b[24:40], s.Remote.Addr().AsSlice())
	native.PutUint32(b[40:], s.Interface)
	native.PutUint32(b[56:], s.Queue)
	native.PutUint32(b[60:], s.Backlog)
	native.PutUint32(b[68:], uint32(s.Inode))
	return append(b, 5, 0, 8, 0, 3)
}

func parseAll(data []byte) (list []Socket, done bool, err error) {
	done, err = parseAnswer(data, 7, func(s *Socket) { list = append(list, *s) })
	return list, done, err
}

func TestParseAnswer(t *testing.T) {
	t.Parallel()
	listener := Socket{Listen, netip.MustParseAddrPort("0.0.0.0:8000"), netip.MustParseAddrPort("0.0.0.0:0"), 3, 2, 4, 1234}
	six := Socket{CloseWait, netip.MustParseAddrPort("[2001:db8::1]:443"), netip.MustParseAddrPort("[2001:db8::2]:50000"), 9, 0, 0, 1<<32 - 1}
	two := appendMessage(appendMessage(nil, getSockets, 7, encode(listener)), getSockets, 7, encode(six))
	failed := binary.NativeEndian.AppendUint32(nil, uint32(1<<32-int64(unix.ENOENT)))
	for _, c := range []struct {
		why  string
		data []byte
		want []Socket
		done bool
		err  error
	}{
		{"two sockets of two families", two, []Socket{listener, six}, false, nil},
		{"the end", appendMessage(two, unix.NLMSG_DONE, 7, make([]byte, 4)), []Socket{listener, six}, true, nil},
		{"the end of an old kernel", appendMessage(nil, unix.NLMSG_DONE, 7, nil), nil, true, nil},
		{"no inet_diag, said at the end", appendMessage(nil, unix.NLMSG_DONE, 7, failed), nil, true, unix.ENOENT},
		{"no inet_diag, said at once", appendMessage(nil, unix.NLMSG_ERROR, 7, failed), nil, true, unix.ENOENT},
		{"an older question's answer", appendMessage(appendMessage(nil, getSockets, 6, encode(six)), unix.NLMSG_DONE, 6, nil), nil, false, nil},
		{"a message of another kind", appendMessage(nil, unix.NLMSG_NOOP, 7, nil), nil, false, nil},
		{"a socket by its address", appendMessage(nil, byFamily, 7, encode(listener)), []Socket{listener}, false, nil},
		{"half a socket", appendMessage(nil, getSockets, 7, encode(six)[:71]), nil, false, errShortMessage},
		{"half a message", two[:len(two)-9], []Socket{listener}, false, errShortMessage},
		{"half a header", two[:9], nil, false, errShortMessage},
		{"a size of 0", make([]byte, 16), nil, false, errShortMessage},
	} {
		got, done, err := parseAll(c.data)
		if !slices.Equal(got, c.want) || done != c.done || !errors.Is(err, c.err) {
			t.Errorf("%s: parseAnswer = %v, %v, %v, want %v, %v, %v", c.why, got, done, err, c.want, c.done, c.err)
		}
	}
}

func FuzzAnswer(f *testing.F) {
	f.Add([]byte{2, 10, 31, 64}, []byte("a message"))
	f.Add(appendMessage(nil, getSockets, 7, encode(Socket{})), []byte{})
	f.Fuzz(func(t *testing.T, data, behind []byte) {
		if list, _, _ := parseAll(data); len(list) > len(data)/(unix.SizeofNlMsghdr+sizeofSocket) {
			t.Errorf("parseAnswer of %d bytes = %d sockets", len(data), len(list))
		}
		if len(data) < 46 { // what follows makes a socket of the data and finds it again
			return
		}
		want := Socket{
			State: State(data[0]), Queue: binary.LittleEndian.Uint32(data[1:]), Inode: uint64(binary.LittleEndian.Uint32(data[5:])),
			Local:  netip.AddrPortFrom(netip.AddrFrom16([16]byte(data[9:25])), binary.LittleEndian.Uint16(data[25:])),
			Remote: netip.AddrPortFrom(netip.AddrFrom16([16]byte(data[27:43])), binary.LittleEndian.Uint16(data[43:])),
		}
		if data[45]%2 == 0 {
			want.Local = netip.AddrPortFrom(netip.AddrFrom4([4]byte(data[9:13])), want.Local.Port())
			want.Remote = netip.AddrPortFrom(netip.AddrFrom4([4]byte(data[27:31])), want.Remote.Port())
		} else if want.Local.Addr().Is4In6() || want.Remote.Addr().Is4In6() {
			return
		}
		got, _, _ := parseAll(append(appendMessage(nil, getSockets, 7, encode(want)), behind...))
		if len(got) == 0 || got[0] != want {
			t.Errorf("parseAnswer = %v, want %v", got, want)
		}
	})
}
