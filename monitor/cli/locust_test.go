package cli

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"gregaria/internal/exitcode"
	"gregaria/internal/resource"
)

// TestLocust: --locust adds the columns of the run to whatever groups are named.
func TestLocust(t *testing.T) {
	t.Parallel()
	master := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"state":"running","user_count":7,"stats":[{"name":"Aggregated","num_requests":3,"current_rps":2.5}]}`)
	}))
	t.Cleanup(master.Close)
	code, stdout, stderr := monitor(t.Context(), "--locust", master.URL, "--collect", "memory", "--output", "-", "--interval", "0.1", "--duration", "0.2")
	rows, err := resource.Parse([]byte(stdout))
	if code != exitcode.OK || err != nil || len(rows) == 0 {
		t.Fatalf("monitor = %d, %v, %q, %q, want rows", code, err, stdout, stderr)
	}
	users, _ := rows[0].Value(resource.RunUsers)
	rate, _ := rows[0].Value(resource.RunRequestsPerSecond)
	if phase, _ := rows[0].Text(resource.RunPhase); phase != resource.PhaseSteady || users != 7 || rate != 2.5 {
		t.Errorf("the row has phase %q, %v users and %v requests a second, want steady, 7 and 2.5:\n%s", phase, users, rate, stdout)
	}
}
