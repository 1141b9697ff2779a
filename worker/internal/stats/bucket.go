package stats

import "math"

// Bucket rounds a response time in milliseconds as locust.stats.bucket_response_time does: to two significant digits
// from 100 ms on, half to even on the exact binary value. The thresholds are applied to the unrounded time, so
// 99.6 is in bucket 100.
func Bucket(ms float64) int {
	switch {
	case ms < -mostBucket:
		return -mostBucket
	case ms < 100:
		return int(math.RoundToEven(ms))
	case ms < 1000:
		return int(math.RoundToEven(ms/10)) * 10
	case ms < 10000:
		return int(math.RoundToEven(ms/100)) * 100
	case ms < mostBucket:
		return int(math.RoundToEven(ms/1000)) * 1000
	default:
		return mostBucket
	}
}

// mostBucket holds all that is greater, 28 million years: the wire has no greater int, and a worker of Locust that tries to
// send one never reports again.
const mostBucket = 9e17
