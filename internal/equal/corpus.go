package equal

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A Corpus is a folder of locustfiles: corpus/ as people write them, traps/ for what is easily got wrong, plans.json for
// those that need a plan of their own, and golden/ with what they do under stock Locust.
type Corpus struct {
	root  string
	plans map[string]Plan
	// Files are the files' paths in the folder, sorted, such as corpus/shop.py.
	Files []string
}

// ReadCorpus reads the folder.
func ReadCorpus(root string) (*Corpus, error) {
	data, err := os.ReadFile(filepath.Join(root, "plans.json")) //nolint:gosec // the caller's folder
	if err != nil {
		return nil, fmt.Errorf("read the plans: %w", err)
	}
	c := &Corpus{root: root}
	if c.plans, err = ReadPlans(data); err != nil {
		return nil, err
	}
	for _, folder := range []string{"corpus", "traps"} {
		paths, err := filepath.Glob(filepath.Join(root, folder, "*.py"))
		if err != nil {
			return nil, err
		}
		for _, p := range paths {
			c.Files = append(c.Files, folder+"/"+filepath.Base(p))
		}
	}
	for name := range c.plans {
		if _, err := os.Stat(c.Path(name)); err != nil {
			return nil, fmt.Errorf("plans.json has a plan for %s: %w", name, err)
		}
	}
	return c, nil
}

// Plan returns how a file is run.
func (c *Corpus) Plan(file string) Plan {
	if p, ok := c.plans[file]; ok {
		return p
	}
	return Plan{Iterations: DefaultIterations}
}

// Path returns where a file is.
func (c *Corpus) Path(file string) string { return filepath.Join(c.root, filepath.FromSlash(file)) }

// golden returns where the recording of a file is.
func (c *Corpus) golden(file string, mode Mode) string {
	name := strings.TrimSuffix(filepath.Base(file), ".py")
	return filepath.Join(c.root, "golden", fmt.Sprintf("%s.%s.json", name, mode))
}

// Golden reads the recording of a file.
func (c *Corpus) Golden(file string, mode Mode) (*Golden, error) {
	data, err := os.ReadFile(c.golden(file, mode))
	if err != nil {
		return nil, fmt.Errorf("read a golden file (see docs/testing.md for how to record it): %w", err)
	}
	return ParseGolden(data)
}

// Write writes the recording of a file.
func (c *Corpus) Write(file string, mode Mode, g *Golden) error {
	if err := os.MkdirAll(filepath.Join(c.root, "golden"), 0o755); err != nil { //nolint:gosec // part of the repository
		return err
	}
	return os.WriteFile(c.golden(file, mode), g.Marshal(), 0o644) //nolint:gosec // part of the repository
}
