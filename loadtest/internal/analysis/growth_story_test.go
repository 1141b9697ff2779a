package analysis_test

import (
	"math"
	"os"
	"testing"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/analysis"
)

// TestMendedStory: the story API that closes its clips, as a monitor saw it for eight minutes of two users (examples/story_api, STORY_RENDER=moviepy), warms up for two minutes and
// swings by a third with what it renders. No part of that is a leak.
func TestMendedStory(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/growth/story.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := resource.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	start, last := rows[0].Second(), rows[len(rows)-1].Second()
	counts := map[analysis.GrowthOutcome]int{}
	for length := int64(120); length <= 420; length += 60 {
		for from := start + 10; from+length < last; from += 15 {
			run := &analysis.Run{Start: from, Seconds: int(length), Began: from, Ended: from + length - 1, Info: analysis.Info{Watched: "uvicorn (pid 42): uvicorn app:app"}}
			memory, requests := make([]float64, length), make([]float64, length)
			for i := range memory {
				memory[i], requests[i] = math.NaN(), 1
			}
			for _, row := range rows {
				if mb, known := row.Value(resource.ProcessRSSMB); known && row.Second() >= from && row.Second() < from+length {
					memory[row.Second()-from] = mb
				}
			}
			run.Total.Requests = analysis.Series{Values: requests}
			run.Hosts = []analysis.Host{{File: "story.csv", Target: true, Columns: map[string]analysis.Series{resource.ProcessRSSMB: {File: "story.csv", Column: resource.ProcessRSSMB, Values: memory}}}}
			growths, _ := analysis.Leaks(run, []analysis.Phase{{Kind: analysis.Steady, From: run.Began, To: run.Ended}})
			g := growths[0]
			counts[g.Outcome]++
			if g.Outcome == analysis.Leak {
				t.Errorf("%d s from second %d on: %s, %.2f MB a minute (%.2f to %.2f)", length, from-start, g.Outcome, g.Slope.Value, g.Slope.Low, g.Slope.High)
			}
		}
	}
	t.Logf("%v", counts)
}
