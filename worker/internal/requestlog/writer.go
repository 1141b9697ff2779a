package requestlog

import (
	"bytes"
	"errors"
	"syscall"
	"time"
)

// An output takes whole lines. write returns how many bytes of them, whole lines again, it has taken. check returns how many lines that were taken are
// not there any more, once each. All are the writer's; close comes last.
type output interface {
	write(lines []byte) (int, error)
	check() (gone int64)
	close() error
}

// A batch is what the writer is writing, by the shard that it is from: it is written before another one is begun.
type batch [][]byte

func (b batch) empty() bool {
	for _, lines := range b {
		if len(lines) > 0 {
			return false
		}
	}
	return true
}

// run is the writer.
func (l *Log) run() {
	defer close(l.done)
	tick := time.NewTicker(flushEvery)
	defer tick.Stop()
	for {
		select {
		case <-l.wake:
			l.round(false)
		case <-tick.C:
			l.gone.Add(l.out.check())
			l.round(false)
		case written := <-l.ask:
			l.gone.Add(l.out.check())
			l.round(false) // what waited
			l.round(false) // what waited behind that
			_, err := l.out.write(nil)
			l.judge(err) // the header, if there was no line
			close(written)
		case <-l.end:
			l.round(false) // what waited
			l.round(true)  // what waited behind that
			if err := l.out.close(); err != nil {
				l.sayf("%v", err)
			}
			return
		}
	}
}

// round writes what waits, unless the disk takes nothing.
func (l *Log) round(last bool) {
	if l.batch.empty() {
		for i := range l.shards {
			l.batch[i] = l.shards[i].take(l.batch[i], last)
		}
	}
	for i, lines := range l.batch {
		if len(lines) == 0 {
			continue
		}
		n, err := l.out.write(lines)
		l.written.Add(int64(bytes.Count(lines[:n], []byte("\n"))))
		l.batch[i] = lines[:copy(lines, lines[n:])]
		if l.judge(err); err != nil {
			return
		}
	}
}

// judge says once that the disk takes nothing, and once that it does again.
func (l *Log) judge(err error) {
	trouble := l.trouble.Load()
	l.trouble.Store(err != nil)
	switch {
	case err == nil && trouble:
		l.sayf("written again")
	case err == nil || trouble:
	case errors.Is(err, syscall.EPIPE):
		l.sayf("nobody reads it any more; the load goes on, and its requests are counted as lost")
	default:
		l.sayf("%v; the load goes on, %d MB of lines wait in memory, and what finds no room there is lost", err, room>>20)
	}
}

// watch says every now and then how many lines found no room: not the writer, which may be waiting for the disk.
func (l *Log) watch() {
	tick := time.NewTicker(sayEvery)
	defer tick.Stop()
	told := int64(0)
	for {
		select {
		case <-l.end:
			return
		case <-tick.C:
		}
		if lost := l.dropped(); lost > told {
			told = lost
			why := "the disk is slower than the load"
			if l.trouble.Load() {
				why = "the file cannot be written"
			}
			l.sayf("%s lost so far: %s", count(lost, "line"), why)
		}
	}
}
