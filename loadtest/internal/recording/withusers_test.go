package recording_test

import (
	"testing"

	"gregaria/loadtest/internal/recording"
)

func TestWithUsers(t *testing.T) {
	t.Parallel()
	const head = "Timestamp,User Count,Type,Name,Total Request Count,Total Failure Count\n"
	history := []byte(head + "99,9,,Aggregated,1,0\n100,0,,Aggregated,1,0\n101,0,,Aggregated,1,0\n102,1,GET,/,1,0\n102,1,,Aggregated,1,0\n103,4,,Aggregated,1,0\n104,0,,Aggregated,1,0\n109,4,,Aggregated,1,0\n")
	if first, last := recording.WithUsers(history, 100.7, 105); first != 102 || last != 103 {
		t.Errorf("WithUsers() = %d, %d, want 102, 103", first, last)
	}
	if first, last := recording.WithUsers([]byte("Timestamp\n102\n"), 100, 105); first != 0 || last != 0 {
		t.Errorf("WithUsers() of no history = %d, %d, want none", first, last)
	}
}
