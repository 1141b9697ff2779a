package check

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Python returns the Python that runs a locust script: the one that the script itself names, else the one beside it in its
// environment, else the one on PATH.
func Python(locust string) (string, bool) {
	if named := interpreter(locust); named != "" {
		return named, true
	}
	for _, name := range []string{"python", "python3"} {
		if path, err := exec.LookPath(filepath.Join(filepath.Dir(locust), name)); err == nil {
			return path, true
		}
	}
	path, err := exec.LookPath("python3")
	return path, err == nil
}

// interpreter is the Python in the first line of a script, "" if there is none that can be run.
func interpreter(script string) string {
	file, err := os.Open(script)
	if err != nil {
		return ""
	}
	defer file.Close()
	line, _ := bufio.NewReader(file).ReadString('\n') // a program in machine code has no such line
	name, found := strings.CutPrefix(strings.TrimSpace(line), "#!")
	name = strings.TrimSpace(name)
	if !found || !strings.HasPrefix(filepath.Base(name), "python") {
		return ""
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return ""
	}
	return path
}
