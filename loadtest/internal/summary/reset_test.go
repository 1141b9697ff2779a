package summary_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/loadtest/internal/summary"
)

func TestParseResets(t *testing.T) {
	t.Parallel()
	const head = "Timestamp,User Count,Type,Name,Total Request Count,Total Failure Count\n"
	for _, test := range []struct {
		why, rows string
		want      []summary.Reset
	}{
		{"nothing is forgotten", "1,0,,Aggregated,0,0\n2,4,,Aggregated,120,0\n3,4,,Aggregated,120,0\n", nil},
		{
			"as many again after the next report, which no look at the web UI tells from before",
			"2,4,,Aggregated,120,3\n3,4,,Aggregated,0,0\n4,4,,Aggregated,120,0\n",
			[]summary.Reset{{time.Unix(3, 0), 120, 3}},
		},
		{"rows of names do not count", "2,4,GET,/a,120,0\n2,4,,Aggregated,130,0\n3,4,GET,/b,10,0\n3,4,,Aggregated,130,0\n", nil},
		{"a request that is called as the sum is", "2,4,GET,Aggregated,20,0\n2,4,,Aggregated,130,0\n3,4,GET,Aggregated,30,0\n3,4,,Aggregated,140,0\n", nil},
		{"half a row at the end", "2,4,,Aggregated,120,0\n3,4,,Aggreg", nil},
	} {
		if diff := cmp.Diff(test.want, summary.ParseResets([]byte(head+test.rows))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.why, diff)
		}
	}
}
