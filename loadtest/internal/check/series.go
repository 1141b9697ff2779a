package check

import (
	"bytes"
	"context"
	"os/exec"
	"strings"
)

// Series are the names of the series that servers show now, as the monitor reads them in that environment. Where not all of them answer, why says so.
func Series(ctx context.Context, monitor string, environment []string) (names []string, why string) {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	command := exec.CommandContext(ctx, monitor, "--list-series")
	command.Env = environment
	var said bytes.Buffer
	command.Stderr = &said
	output, err := command.Output()
	if err != nil {
		why = strings.TrimPrefix(lastLine(said.Bytes()), "monitor: ")
		if why == "" {
			why = err.Error()
		}
	}
	return strings.Fields(string(output)), why
}
