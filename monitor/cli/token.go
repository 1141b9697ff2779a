package cli

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"gregaria/monitor/internal/samples"
)

// tokenFlags say what a client has to know.
type tokenFlags struct {
	Token     string
	TokenFile string
}

// define makes the flags.
func (f *tokenFlags) define(s settings) {
	s.text(&f.Token, "token", "", "TOKEN", "Whoever reads /samples has to send it; without one, /samples is for this machine alone. Prefer the variable: a command line is seen by every user of the machine")
	s.text(&f.TokenFile, "token-file", "", "FILE", "A file that has the token")
}

// token returns the token of --token or --token-file, "" where there is none.
func (f flags) token() (string, error) {
	switch {
	case f.TokenFile == "":
		if f.Token == "" {
			return "", nil
		}
		if err := samples.CheckToken(f.Token); err != nil {
			return "", fmt.Errorf("--token: %w", err)
		}
		return f.Token, nil
	case f.Token != "":
		return "", errors.New("--token-file: there is a token already, of --token or GREGARIA_MONITOR_TOKEN; give one of them")
	}
	data, err := os.ReadFile(f.TokenFile)
	if err != nil {
		return "", fmt.Errorf("--token-file: %w", err)
	}
	t := strings.TrimSpace(string(data))
	if err := samples.CheckToken(t); err != nil {
		return "", fmt.Errorf("--token-file: %s: %w", f.TokenFile, err)
	}
	return t, nil
}
