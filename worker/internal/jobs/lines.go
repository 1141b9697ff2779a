package jobs

import (
	"fmt"
	"os"
	"strings"
)

// ParseLines reads jobs, one a line. Empty lines, and those that begin with #, are none.
func ParseLines(text string) ([]Job, error) {
	var jobs []Job
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.Trim(line, spaces+"\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		j, err := Parse(line)
		if err != nil && strings.Contains(strings.TrimRight(text, "\r\n"), "\n") {
			err = fmt.Errorf("line %d: %w", n, err)
		}
		if err != nil {
			return nil, err
		}
		jobs = append(jobs, j)
	}
	return jobs, nil
}

// ReadFile reads a file of jobs.
func ReadFile(path string) ([]Job, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	jobs, err := ParseLines(strings.TrimPrefix(string(text), "\ufeff"))
	if err == nil && len(jobs) == 0 {
		err = fmt.Errorf("there is no job in it: write one a line, like %s", Example)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return jobs, nil
}
