package locustfile

import (
	"io"

	"gregaria/worker/internal/extra"
	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/stdlib"
)

// tomlTable is configargparse.get_toml_section for tool.locust: keys, and values as texts or lists of texts.
const tomlTable = `
import tomllib
def table(text):
    section = (tomllib.loads(text).get("tool") or {}).get("locust") or {}
    if not isinstance(section, dict):
        return []
    return [(key, [str(v) for v in value] if isinstance(value, list) else str(value)) for key, value in section.items()]
`

// TOML reads the table tool.locust of a TOML file: its keys in order, each with a string or a []string. The worker's own Python
// can read TOML, so nothing else here has to.
func TOML(text string) (keys []string, values []any, err error) {
	modules := stdlib.Modules()
	for name, m := range extra.Modules() {
		modules[name] = m
	}
	t := python.New(python.Options{Modules: modules, Stdout: io.Discard, Stderr: io.Discard}).NewThread()
	err = t.Do(func() error {
		m, err := t.Exec("__toml__", "<stdlib>/toml", []byte(tomlTable))
		if err != nil {
			return err
		}
		list, err := t.CallMethod(m, "table", python.NewStr(text))
		if err != nil {
			return err
		}
		items, err := t.ToSlice(list)
		for _, it := range items {
			pair := it.(*python.Tuple).Items()
			key, _ := python.AsStr(pair[0])
			keys = append(keys, key)
			if one, ok := python.AsStr(pair[1]); ok {
				values = append(values, one)
				continue
			}
			var many []string
			for _, v := range pair[1].(*python.List).Items() {
				s, _ := python.AsStr(v)
				many = append(many, s)
			}
			values = append(values, many)
		}
		return err
	})
	return keys, values, err
}
