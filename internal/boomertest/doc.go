// Package boomertest holds programs in the manner of boomer's examples, written against github.com/myzhan/boomer. The tests in
// internal/e2e compile each of them twice, the second time with that one import replaced by this project's package, and run
// both against stock Locust.
package boomertest

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// The two packages that the programs are compiled against.
const (
	Boomer = "github.com/myzhan/boomer"
	Ours   = "gregaria/worker/boomer"
)

// Build compiles the program of that name, whose source is below the repository's root, against one of the packages and
// returns its path in dir. A program that was written against ours is compiled as it is. The source in the repository is not touched: the compiler gets another one in its place.
func Build(root, dir, name, against string) (string, error) {
	source, err := filepath.Abs(filepath.Join(root, "internal/boomertest/testdata", name, "main.go"))
	if err != nil {
		return "", fmt.Errorf("find the program %s: %w", name, err)
	}
	text, err := os.ReadFile(source)
	if err != nil {
		return "", fmt.Errorf("read the program %s: %w", name, err)
	}
	before, after := fmt.Sprintf("%q", Boomer), fmt.Sprintf("%q", against)
	if !strings.Contains(string(text), after) && strings.Count(string(text), before) != 1 {
		return "", fmt.Errorf("the program %s does not import %s once", name, before)
	}
	changed := strings.Replace(string(text), before, after, 1)
	return compile(root, filepath.Join(dir, name+"-"+filepath.Base(filepath.Dir(against))), source, changed, against)
}

// BuildExample compiles one of boomer's own examples, such as tcp/client.go, which stay where the module cache has them. It is a
// worker of the master at that port, which some of them have no flag for.
func BuildExample(root, dir, example, port, against string) (string, error) {
	list := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", Boomer)
	list.Dir = root
	folder, err := list.Output()
	if err != nil {
		return "", fmt.Errorf("find the source of %s: %w", Boomer, err)
	}
	text, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(folder)), "_examples", example))
	if err != nil {
		return "", fmt.Errorf("read boomer's example %s: %w", example, err)
	}
	name := strings.ReplaceAll(strings.TrimSuffix(example, ".go"), "/", "-")
	source, err := filepath.Abs(filepath.Join(root, "internal/boomertest/testdata/example-"+name, "main.go")) // only in the overlay
	if err != nil {
		return "", fmt.Errorf("name a place for boomer's example %s: %w", example, err)
	}
	changed := strings.Replace(string(text), fmt.Sprintf("%q", Boomer), fmt.Sprintf("boomer %q", against), 1)
	changed = strings.ReplaceAll(changed, "5557", port)
	return compile(root, filepath.Join(dir, name+"-"+filepath.Base(filepath.Dir(against))), source, changed, against)
}

// compile compiles text in the place of the file source to path.
func compile(root, path, source, text, against string) (string, error) {
	changed, overlay := path+".go", path+".json"
	if err := os.WriteFile(changed, []byte(text), 0o600); err != nil {
		return "", fmt.Errorf("write the changed program: %w", err)
	}
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {source: changed}})
	if err != nil {
		return "", fmt.Errorf("write the compiler's overlay: %w", err)
	}
	if err := os.WriteFile(overlay, replace, 0o600); err != nil {
		return "", fmt.Errorf("write the compiler's overlay: %w", err)
	}
	folder, err := filepath.Abs(root)
	if err != nil {
		return "", fmt.Errorf("find the repository: %w", err)
	}
	inside, err := filepath.Rel(folder, filepath.Dir(source))
	if err != nil {
		return "", fmt.Errorf("find the program in the repository: %w", err)
	}
	build := exec.Command("go", "build", "-overlay", overlay, "-o", path, "./"+filepath.ToSlash(inside))
	build.Dir = root
	if output, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("compile the program %s against %s: %w\n%s", filepath.Base(path), against, err, output)
	}
	return path, nil
}
