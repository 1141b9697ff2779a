package threshold

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"go.yaml.in/yaml/v3"
)

// ReadFile reads checks from a file of YAML: a list, each a text or an object with the keys check, name, over and abort. A key that nobody knows is
// refused, with its line.
func ReadFile(path string) ([]Check, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the checks: %w", err)
	}
	checks, err := ParseFile(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return checks, nil
}

// ParseFile reads the content of such a file. The list may stand under the key checks.
func ParseFile(data []byte) ([]Check, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		return nil, errors.New(strings.ReplaceAll(strings.TrimPrefix(err.Error(), "yaml: "), "\n", " "))
	}
	if document.Kind == 0 {
		return nil, errors.New("there are no checks in it: write a list, such as \"- p95 < 800ms\"")
	}
	list := document.Content[0]
	if list.Kind == yaml.MappingNode {
		if len(list.Content) != 2 || list.Content[0].Value != "checks" {
			return nil, fmt.Errorf("line %d: write a list of checks, or one under the key checks alone", list.Line)
		}
		list = list.Content[1]
	}
	if list.Kind != yaml.SequenceNode || len(list.Content) == 0 {
		return nil, fmt.Errorf("line %d: this is no list of checks: write each behind a dash, such as \"- p95 < 800ms\"", list.Line)
	}
	var checks []Check
	for _, node := range list.Content {
		check, err := fromNode(node)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", node.Line, err)
		}
		checks = append(checks, check)
	}
	return checks, nil
}

// fromNode reads one check. A text with a colon and a space in it is an object to YAML unless it stands in quotes.
func fromNode(node *yaml.Node) (Check, error) {
	switch node.Kind {
	case yaml.ScalarNode:
		return parseQuoted(node.Value)
	case yaml.MappingNode:
		return fromObject(node)
	}
	return Check{}, errors.New("this is no check: write a text such as \"p95 < 800ms\", or an object with the key check")
}

// fromObject reads a check with keys.
func fromObject(node *yaml.Node) (Check, error) {
	var text, title, over string
	var abort bool
	seen := map[string]bool{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		var to any
		switch key.Value {
		case "check":
			to = &text
		case "name":
			to = &title
		case "over":
			to = &over
		case "abort":
			to = &abort
		default:
			if len(node.Content) == 2 && strings.ContainsAny(value.Value, operatorLetters) {
				return Check{}, fmt.Errorf("a check with a colon in it stands in quotes: write - %q", key.Value+": "+value.Value)
			}
			return Check{}, fmt.Errorf("line %d: %q is no key of a check%s: there are check, name, over and abort", key.Line, key.Value, meant(key.Value, []string{"check", "name", "over", "abort"}))
		}
		if seen[key.Value] {
			return Check{}, fmt.Errorf("line %d: the key %s is there twice", key.Line, key.Value)
		}
		seen[key.Value] = true
		if value.Kind != yaml.ScalarNode || value.Decode(to) != nil {
			return Check{}, fmt.Errorf("line %d: %s is no %s", value.Line, key.Value, map[bool]string{true: "yes or no: write true or false", false: "text"}[key.Value == "abort"])
		}
	}
	if text == "" {
		return Check{}, errors.New("the key check is missing: it has the text, such as \"p95 < 800ms\"")
	}
	if over != "" {
		text += " over " + over
	}
	c, err := parseQuoted(text)
	c.Title, c.Abort = strings.Join(strings.Fields(title), " "), abort
	return c, err
}

// parseQuoted parses a check, and names it in what is wrong with it.
func parseQuoted(text string) (Check, error) {
	checks, err := Parse([]string{text})
	if err != nil {
		return Check{}, err
	}
	return checks[0], nil
}
