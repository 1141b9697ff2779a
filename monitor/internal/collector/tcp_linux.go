package collector

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"gregaria/internal/resource"
)

// tcp collects the numbers that the kernel keeps of TCP in a network namespace.
type tcp struct {
	files   []keyed
	broken  []bool // which could not be read in this row
	cells   []tcpCell
	keys    []int // of each cell: which key of its file
	columns []string

	watch    stopwatch
	counters []counter // of each cell
}

// keyed is a file of numbers that have names.
type keyed interface {
	// read reads the file; after an error there are no values.
	read() error
	// value returns the number of key i of those that were asked for, false where the file has none.
	value(i int) (uint64, bool)
}

// A tcpCell is a column and where its number is.
type tcpCell struct {
	column string
	file   int
	key    string
	rate   bool    // the number is a counter
	parts  float64 // how many of the kernel's units are one of the column's
}

// The files of a tcp.
const (
	fileSNMP = iota
	fileNetstat
	fileSockstat
)

// tcpCells are all cells, in the order of the columns. The names are those of net/ipv4/proc.c; what some of them count stands in
// docs/metrics.md.
func tcpCells() []tcpCell {
	pages := mb / float64(os.Getpagesize())
	return []tcpCell{
		{resource.TCPEstablished, fileSNMP, "CurrEstab", false, 1},
		{resource.TCPTimeWait, fileSockstat, "tw", false, 1},
		{resource.TCPOrphans, fileSockstat, "orphan", false, 1},
		{resource.TCPMemoryMB, fileSockstat, "mem", false, pages},
		{resource.TCPOpened, fileSNMP, "ActiveOpens", true, 1},
		{resource.TCPAccepted, fileSNMP, "PassiveOpens", true, 1},
		{resource.TCPFailedAttempts, fileSNMP, "AttemptFails", true, 1},
		{resource.TCPRetransmits, fileSNMP, "RetransSegs", true, 1},
		{resource.TCPRetransmitPercent, fileSNMP, "OutSegs", true, 1},
		{resource.TCPSYNRetransmits, fileNetstat, "TCPSynRetrans", true, 1},
		{resource.TCPTimeouts, fileNetstat, "TCPTimeouts", true, 1},
		{resource.TCPResetsSent, fileSNMP, "OutRsts", true, 1},
		{resource.TCPConnectionsReset, fileSNMP, "EstabResets", true, 1},
		{resource.TCPListenOverflows, fileNetstat, "ListenOverflows", true, 1},
		{resource.TCPListenDrops, fileNetstat, "ListenDrops", true, 1},
		{resource.TCPSYNCookies, fileNetstat, "SyncookiesSent", true, 1},
		{resource.TCPMemoryAborts, fileNetstat, "TCPAbortOnMemory", true, 1},
	}
}

func openTCP(s Settings) (Collector, error) {
	folder := filepath.Join(networkFolder(s.Proc), "net")
	var keys [3][]string
	for _, cell := range tcpCells() {
		keys[cell.file] = append(keys[cell.file], cell.key)
	}
	t := &tcp{files: []keyed{
		newSNMP(filepath.Join(folder, "snmp"), "Tcp:", keys[fileSNMP]),
		newSNMP(filepath.Join(folder, "netstat"), "TcpExt:", keys[fileNetstat]),
		newSockstat(filepath.Join(folder, "sockstat"), keys[fileSockstat]),
	}}
	t.broken = make([]bool, len(t.files))
	err := t.read()
	var used [3]int
	for _, cell := range tcpCells() {
		key := used[cell.file]
		used[cell.file]++
		if _, ok := t.files[cell.file].value(key); !ok {
			continue // this kernel does not count it
		}
		t.cells, t.keys, t.columns = append(t.cells, cell), append(t.keys, key), append(t.columns, cell.column)
	}
	if len(t.cells) == 0 {
		return nil, fmt.Errorf("tcp: %w: %w", errors.Join(err, errors.New("the files have no counters")), ErrAbsent)
	}
	t.counters = make([]counter, len(t.cells))
	return t, nil
}

func (t *tcp) Columns() []string { return t.columns }

func (t *tcp) Collect(row []resource.Cell) error {
	err := t.read()
	seconds := t.watch.lap()
	for i, cell := range t.cells {
		value, ok := t.files[cell.file].value(t.keys[i])
		switch {
		case t.broken[cell.file] || !ok:
			t.counters[i].Forget() // a later one would be of more than the time since the previous row
		case cell.column == resource.TCPRetransmitPercent: // behind that of what was sent once more
			row[i] = shareOf(row[i-1], t.counters[i].rate(value, cell.parts, seconds))
		case cell.rate:
			row[i] = t.counters[i].rate(value, cell.parts, seconds)
		default:
			row[i] = resource.Of(float64(value) / cell.parts)
		}
	}
	return err
}

// shareOf is the share of segments that were sent once more of all that were sent. Subtle: OutSegs are those with something new in them
// (__tcp_transmit_skb in net/ipv4/tcp_output.c), so the others come on top. It is absent where nothing was sent.
func shareOf(again, fresh resource.Cell) resource.Cell {
	a, ok := again.Value()
	n, alsoOK := fresh.Value()
	if !ok || !alsoOK {
		return resource.Cell{}
	}
	return resource.Of(100 * a / (a + n)) // 0/0 is NaN, which is absent
}

// read reads the files.
func (t *tcp) read() error {
	var errs []error
	for i, file := range t.files {
		err := file.read()
		if t.broken[i] = err != nil; err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
