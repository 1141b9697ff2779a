package check

import (
	"os"
	"os/exec"
	"path/filepath"

	"gregaria/loadtest/internal/fault"
)

// Program returns the path of a program of ours, which stands beside loadtest itself: make build puts all in one place.
func Program(dir, name string) (string, error) {
	path := filepath.Join(dir, name)
	if _, err := exec.LookPath(path); err != nil {
		return "", fault.New(fault.NotReady, "%s is missing (%w); run make build", path, err)
	}
	return path, nil
}

// Locust returns the path of the Locust to use: named, if the user named one; else that of a virtual environment .venv in
// the working directory, or in the directory above ownDir (the checkout, where ownDir is its bin); else the one on PATH.
func Locust(named, ownDir string) (string, error) {
	if named != "" {
		path, err := exec.LookPath(named)
		if err != nil {
			return "", fault.New(fault.NotReady, "--locust %s cannot be run: %w; correct it, or leave it out to search", named, err)
		}
		return path, nil
	}
	for _, dir := range []string{".", filepath.Dir(ownDir)} {
		path, err := filepath.Abs(filepath.Join(dir, ".venv", "bin", "locust"))
		if err != nil {
			continue
		}
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
	}
	path, err := exec.LookPath("locust")
	if err != nil {
		return "", fault.New(fault.NotReady, "Locust is not installed (no .venv/bin/locust, and none on PATH): run scripts/setup.sh, or name it with --locust")
	}
	return path, nil
}
