package options

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// A File is a configuration file that was read.
type File struct {
	// Name is its path as people write it.
	Name  string
	items []item
}

// An item is a line of it: value is a string or a []string.
type item struct {
	key   string
	value any
}

// A TOML reads the table tool.locust of a file: its keys in order, with strings or lists of strings.
type TOML func(text string) (keys []string, values []any, err error)

// Files reads the configuration files that Locust reads: ~/.locust.conf, locust.conf and pyproject.toml, where they are there,
// and that of --config. Those that say nothing are left out.
func Files(args []string, home string, toml TOML) ([]File, error) {
	var files []File
	names := []string{"locust.conf", "pyproject.toml"}
	if home != "" {
		names = append([]string{filepath.Join(home, ".locust.conf")}, names...)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read the configuration file: %w", err)
		}
		f, err := parseFile(name, string(text), toml)
		if err != nil {
			return nil, err
		}
		if len(f.items) > 0 {
			files = append(files, f)
		}
	}
	for _, name := range configs(args) {
		if strings.HasPrefix(name, "~/") && home != "" {
			name = filepath.Join(home, name[2:])
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, &UsageError{"", fmt.Sprintf("Unable to open config file: %s. Error: %s", name, openError(err, name))}
		}
		f, err := parseFile(name, string(text), toml)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

// openError says as Python does that a file cannot be opened.
func openError(err error, name string) string {
	if os.IsNotExist(err) {
		return "[Errno 2] No such file or directory: '" + name + "'"
	}
	return err.Error()
}

// configs are the files that --config names: the last one counts.
func configs(args []string) []string {
	p := parser{all: []Option{{Names: []string{"--config"}, Dest: "config", Kind: Text}}}
	for _, a := range args {
		p.words = append(p.words, token{text: a})
	}
	if err := p.parse(); err != nil {
		return nil // the whole parser will say so
	}
	if name, ok := p.values["config"].(string); ok {
		return []string{name}
	}
	return nil
}

func parseFile(name, text string, toml TOML) (File, error) {
	if strings.HasSuffix(name, ".toml") {
		keys, values, err := toml(text)
		if err != nil {
			return File{}, &UsageError{name, fmt.Sprintf("Couldn't parse TOML file: %v", err)}
		}
		f := File{Name: name}
		for i, key := range keys {
			f.items = append(f.items, item{key, values[i]})
		}
		return f, nil
	}
	items, err := parseConf(name, text)
	if err != nil {
		return File{}, &UsageError{"", err.Error()}
	}
	return File{name, items}, nil
}

// line is a line of a configuration file: a key, what parts it from a value, the value in quotes or without, a comment.
var line = regexp.MustCompile(`^([^:=;#\s]+)\s*(?:([:=\s])\s*(.*))?$`)

// parseConf reads the lines of the simple format (configargparse.DefaultConfigFileParser).
func parseConf(name, text string) ([]item, error) {
	var items []item
	for i, l := range strings.Split(text, "\n") {
		l = strings.TrimSpace(l)
		if l == "" || strings.ContainsRune("#;[", rune(l[0])) || strings.HasPrefix(l, "---") {
			continue
		}
		found := line.FindStringSubmatch(l)
		if found == nil {
			return nil, fmt.Errorf("Unexpected line %d in %s: %s", i, name, l) //nolint:staticcheck // ConfigArgParse's words
		}
		key, sep, raw := found[1], found[2], found[3]
		if sep == "" && len(l) > len(key) { // white space parts key and value, or a comment follows
			sep, raw = " ", strings.TrimSpace(l[len(key):])
		}
		value, there := unquote(raw)
		switch {
		case !there && sep != "" && sep != " ":
			value = ""
		case !there:
			value = "true"
		}
		items = put(items, item{key, listOrText(value)})
	}
	return items, nil
}

// put sets a key: the last of two lines counts, at the place of the first.
func put(items []item, it item) []item {
	for i := range items {
		if items[i].key == it.key {
			items[i] = it
			return items
		}
	}
	return append(items, it)
}

var comment = regexp.MustCompile(`(?:^|\s)[;#].*$`)

// unquote returns a value without its quotes and without the comment behind it.
func unquote(raw string) (value string, there bool) {
	for _, quote := range []string{`"`, `'`} {
		if strings.HasPrefix(raw, quote) {
			for end := 1; end < len(raw); end++ {
				if raw[end] == quote[0] && strings.TrimSpace(comment.ReplaceAllString(raw[end+1:], "")) == "" {
					return raw[1:end], end > 1
				}
			}
		}
	}
	raw = strings.TrimSpace(comment.ReplaceAllString(raw, ""))
	return raw, raw != ""
}

func listOrText(value string) any {
	if strings.HasPrefix(value, "[") && strings.HasSuffix(value, "]") {
		return list(value)
	}
	return value
}

// list makes a list of a text like [a, b] or ["a", "b"]; any other text stays one.
func list(text string) any {
	if !strings.HasPrefix(text, "[") || !strings.HasSuffix(text, "]") {
		return text
	}
	var parsed []any
	if json.Unmarshal([]byte(text), &parsed) == nil {
		values := []string{}
		for _, v := range parsed {
			if s, ok := v.(string); ok {
				values = append(values, s)
			} else if b, err := json.Marshal(v); err == nil {
				values = append(values, string(b))
			}
		}
		return values
	}
	var values []string
	for part := range strings.SplitSeq(text[1:len(text)-1], ",") {
		values = append(values, strings.TrimSpace(part))
	}
	return values
}
