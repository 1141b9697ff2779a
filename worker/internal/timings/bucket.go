package timings

import (
	"math/bits"
	"time"
)

// mostMicroseconds is the largest value that has a bucket of its own: 19 hours. What took longer counts there.
const mostMicroseconds = 1<<36 - 1

// microseconds rounds a time, as far as it has a bucket.
func microseconds(d time.Duration) int64 {
	ns := int64(d)
	return min(max(ns/1000+ns%1000/500, 0), mostMicroseconds)
}

// Buckets is how many there are, Bucket the one of a time: each is at most 1/128 of its values wide.
const Buckets = 28<<7 + 1<<8

// Bucket is the number of the bucket that a time falls into.
func Bucket(d time.Duration) int { return bucket(microseconds(d)) }

// bucket is the number of the bucket of a value: HdrHistogram's with two significant digits and a unit of 1 us (countsIndexFor in its
// hdr.go). Each value below 256 has its own, then each power of two has 128.
func bucket(us int64) int {
	e := max(bits.Len64(uint64(us))-8, 0)
	return e<<7 + int(us>>e)
}
