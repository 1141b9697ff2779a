package recording_test

import (
	"fmt"
	"strings"
	"testing"

	"gregaria/internal/resource"
	"gregaria/internal/service"
	"gregaria/loadtest/internal/analysis"
)

// said is a file of what servers say: each row is Timestamp behind 1000, target, series, labels, kind, value.
func said(rows ...string) string {
	text := service.Header + "\n"
	for _, row := range rows {
		text += "100" + row + "\n"
	}
	return text
}

// saidOf shows the series of a run: host, target, column and values.
func saidOf(run *analysis.Run) string {
	var lines []string
	for _, s := range run.Services {
		for _, series := range s.Series {
			lines = append(lines, fmt.Sprintf("%s|%s|%s|%t|%s", s.Host, s.Target, series.Column, series.Rate, shown(around(run, series.Values))))
		}
	}
	return strings.Join(lines, "\n")
}

// TestServices: what servers say is on the clock of the load, each series by itself, of every URL and of every monitor.
func TestServices(t *testing.T) {
	t.Parallel()
	load := history([3]int{0, 0, 0}, [3]int{1, 5, 3}, [3]int{2, 5, 7}, [3]int{3, 0, 9})
	for _, c := range []struct {
		why, says, want, notes string
	}{
		{
			"a gauge and a counter, seconds without a row, several rows a second",
			said("0,http://a/m,in_flight,,gauge,1", "1,http://a/m,in_flight,,gauge,2", "1.5,http://a/m,in_flight,,gauge,4", `1,http://a/m,n_total,"m=""GET""",rate,2.5`, "3,http://a/m,in_flight,,gauge,7"),
			"|http://a/m|in_flight|false|1 3 - 7\n" + `|http://a/m|n_total{m="GET"}|true|- 2.5 - -`, "",
		},
		{
			"two servers: columns say of which", said("0,http://a/m,x,,gauge,1", "0,http://b/m,x,,gauge,2"),
			"|http://a/m|x of http://a/m|false|1 - - -\n|http://b/m|x of http://b/m|false|2 - - -", "",
		},
		{
			"damaged lines, a row that is being written, and rows of another day",
			said("0,http://a/m,x,,gauge,1", "1,http://a/m,x,,gauge,NaN", "2,http://a/m,x", "2,http://a/m,x,,count,1", "3,http://a/m,x,,gauge,4", "99999,http://a/m,x,,gauge,4") + "1002,http://a/m,x,,gau",
			"|http://a/m|x|false|1 - - 4", "3 damaged lines",
		},
		{"another file", "Timestamp,CPU_Percent\n1000,1\n", "", "service_20260921_140000.csv is left out: the first line is not Timestamp,target"},
		{"an empty one", "", "", "service_20260921_140000.csv is empty"},
		{"no row of the load", service.Header + "\n9,http://a/m,x,,gauge,1\n", "", "service_20260921_140000.csv has no row of the time of the load"},
	} {
		run := open(t, files{"stats_20260921_140000_stats_history.csv": load, "service_20260921_140000.csv": c.says}.in(t))
		if got := saidOf(run); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.why, got, c.want)
		}
		if notes := strings.Join(run.Info.Notes, "\n"); !strings.Contains(notes, c.notes) {
			t.Errorf("%s: notes %s, want %s", c.why, notes, c.notes)
		}
	}
}

// TestServicesOfOtherMonitors: they lie beside the metrics of their host, and of a stock Locust's run are told by their first lines.
func TestServicesOfOtherMonitors(t *testing.T) {
	t.Parallel()
	load := history([3]int{0, 0, 0}, [3]int{1, 5, 3}, [3]int{2, 5, 7}, [3]int{3, 0, 9})
	metrics := resource.Timestamp + "," + resource.CPUPercent + "\n1000,5\n1003,5\n"
	x, y := said("1,http://a/m,x,,gauge,1"), said("1,http://b/m,y,,gauge,2")
	for why, dir := range map[string]string{
		"loadtest": files{
			"stats_20260921_140000_stats_history.csv": load, "metrics_20260921_140000.csv": metrics, "service_20260921_140000.csv": x,
			"metrics_20260921_140000_api.csv": metrics, "service_20260921_140000_api.csv": y,
		}.in(t),
		"Locust": files{
			"shop_stats_history.csv": load, "metrics.csv": metrics, "service.csv": x,
			"shop_metrics_api.csv": metrics, "shop_metrics_api_service.csv": y, "metrics_old.csv": resource.Timestamp + "," + resource.CPUPercent + "\n5,5\n6,5\n", "service_old.csv": service.Header + "\n5,http://a/m,z,,gauge,1\n",
		}.in(t),
	} {
		run := open(t, dir)
		if got, want := saidOf(run), "|http://a/m|x|false|- 1 - -\napi|http://b/m|y|false|- 2 - -"; got != want {
			t.Errorf("%s:\n%s\nwant\n%s", why, got, want)
		}
		if run.Info.Files["service"] == "" || run.Info.Files["service api"] == "" {
			t.Errorf("%s: files %v", why, run.Info.Files)
		}
	}
}
