package results_test

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"gregaria/loadtest/internal/results"
)

func TestNamedGivesAllFilesOneStamp(t *testing.T) {
	t.Parallel()
	files := results.Named("out", time.Date(2026, 11, 24, 9, 5, 7, 0, time.Local))
	for got, want := range map[string]string{
		files.Report:            "locust_report_20261124_090507.html",
		files.Metrics:           "metrics_20261124_090507.csv",
		files.Service:           "service_20261124_090507.csv",
		files.Timings:           "timings_20261124_090507.csv",
		files.RequestsAs("csv"): "requests_20261124_090507.csv",
		files.Log:               "locust_20261124_090507.log",
		files.Stats():           "stats_20261124_090507_stats.csv",
		files.History():         "stats_20261124_090507_stats_history.csv",
		files.Failures():        "stats_20261124_090507_failures.csv",
		files.Exceptions():      "stats_20261124_090507_exceptions.csv",
	} {
		if got != filepath.Join("out", want) {
			t.Errorf("file = %s, want %s in out", got, want)
		}
	}
}

func TestReserveKeepsRunsOfTheSameSecondApart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	const runs = 3
	logs := make(chan string, runs)
	var wait sync.WaitGroup
	for range runs {
		wait.Go(func() {
			files, log, err := results.Reserve(t.Context(), dir)
			if err != nil {
				t.Error(err)
				return
			}
			log.Close()
			logs <- files.Log
		})
	}
	wait.Wait()
	close(logs)
	seen := map[string]bool{}
	for log := range logs {
		if seen[log] {
			t.Errorf("two runs have %s", log)
		}
		seen[log] = true
	}
}

func TestReserveErrors(t *testing.T) {
	t.Parallel()
	if _, _, err := results.Reserve(t.Context(), filepath.Join(t.TempDir(), "missing")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Reserve() in a missing directory = %v, want ErrNotExist", err)
	}
	dir := t.TempDir()
	_, log, err := results.Reserve(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	log.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, log, err := results.Reserve(ctx, dir); err == nil {
		log.Close() // a new second began between the two: nothing to wait for
	} else if !errors.Is(err, context.Canceled) {
		t.Errorf("Reserve() = %v, want the cancellation", err)
	}
}
