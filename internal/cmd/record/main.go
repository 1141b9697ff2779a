// Command record writes the golden files of the differential test: what each locustfile does under a stock Locust worker.
//
//	go run ./internal/cmd/record [-python .venv/bin/python] [FILE...]
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"gregaria/internal/equal"
)

func main() {
	python := flag.String("python", ".venv/bin/python", "the Python that has stock Locust")
	root := flag.String("root", "worker/internal/locustfile/testdata", "the folder of corpus, traps, plans.json and golden")
	jobs := flag.Int("jobs", 3, "recordings at a time")
	flag.Parse()
	if err := record(context.Background(), *python, *root, *jobs, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "record:", err)
		os.Exit(1)
	}
}

// A job is one file in one mode.
type job struct {
	file string
	mode equal.Mode
	plan equal.Plan
}

// record records the given files, or all.
func record(ctx context.Context, python, root string, jobs int, files []string) error {
	python, err := filepath.Abs(python)
	if err != nil {
		return err
	}
	corpus, err := equal.ReadCorpus(root)
	if err != nil {
		return err
	}
	stock := equal.Stock{Python: python}
	locust, version, err := stock.Versions(ctx)
	if err != nil {
		return err
	}
	queue := make(chan job)
	failed := make(chan error, 1)
	var wg sync.WaitGroup
	for range jobs {
		wg.Go(func() {
			for j := range queue {
				if err := one(ctx, stock, corpus, locust, version, j); err != nil {
					fmt.Fprintln(os.Stderr, err)
					select {
					case failed <- err:
					default:
					}
				}
			}
		})
	}
	for _, f := range corpus.Files {
		if !wanted(f, files) {
			continue
		}
		for _, mode := range equal.Modes() {
			queue <- job{f, mode, corpus.Plan(f)}
		}
	}
	close(queue)
	wg.Wait()
	close(failed)
	return <-failed
}

func one(ctx context.Context, stock equal.Stock, corpus *equal.Corpus, locust, version string, j job) error {
	traces, err := stock.Record(ctx, corpus.Path(j.file), j.mode, j.plan)
	if err != nil {
		return err
	}
	g := equal.Golden{Locust: locust, Python: version, Traces: traces}
	return corpus.Write(j.file, j.mode, &g)
}

func wanted(file string, files []string) bool {
	for _, f := range files {
		if strings.Contains(file, f) {
			return true
		}
	}
	return len(files) == 0
}
