package locustfile

import (
	"slices"

	"gregaria/worker/internal/options"
	"gregaria/worker/internal/python"
)

// parseOptions returns the options of the command line (locust.argument_parser.get_parser and parse_args). Where the file adds
// options of its own, it is read once more, with them.
func (f *File) parseOptions(t *python.Thread, sources []Source) (python.Value, error) {
	if len(Ours(sources)) < len(sources) { // one that is left out may have added options
		f.line = f.line.Spare(func(word string) bool { return f.classes[word] != nil })
	}
	hook := f.hook(t, "init_command_line_parser")
	if hook != nil && hook.stock() && len(hook.handlers.Items()) == 0 {
		line, err := f.line.Settle(nil)
		if err != nil {
			return nil, err
		}
		f.line = line
		return t.CallMethod(must(t.Import("locust._defaults")), "options")
	}
	m, err := t.Import("locust.argument_parser")
	if err != nil {
		return nil, err
	}
	parser, err := t.CallMethod(m, "_get_parser")
	if err != nil {
		return nil, err
	}
	if err := f.fireEvent(t, "init_command_line_parser", "parser", parser); err != nil {
		return nil, err
	}
	parsed, err := t.CallMethod(m, "parse", parser)
	if err != nil {
		return nil, problem(t, err)
	}
	return parsed, nil
}

// Dropped are the options that neither Locust nor a locustfile that runs knows: one that is for the master only may.
func (f *File) Dropped() []string { return f.line.Dropped() }

// problem makes a UsageError of what a parser has found wrong.
func problem(t *python.Thread, err error) error {
	e := python.AsException(err)
	if !e.IsA(python.SystemExit) {
		return err
	}
	text, terr := t.HasAttr(e, "text")
	origin, oerr := t.HasAttr(e, "origin")
	if text == nil || terr != nil || oerr != nil {
		return err
	}
	says, _ := python.AsStr(text)
	from, _ := python.AsStr(orNone(origin))
	return &options.UsageError{From: from, Text: says}
}

// lineFuncs are what Locust's modules ask of the command line.
func (f *File) lineFuncs() []*python.Native {
	return []*python.Native{
		python.Func("default_options()", defaultOptions),
		python.Func("given_options()", f.givenOptions),
		python.Func("option_table()", optionTable),
		python.Func("merge(custom)", f.mergeOptions),
	}
}

func defaultOptions(t *python.Thread, _ []python.Value) (python.Value, error) {
	d := map[string]any{}
	for _, o := range options.Locust() {
		if o.Kind != options.Help && o.Kind != options.Version {
			d[o.Dest] = o.Default
		}
	}
	d["worker"] = true
	return optionValue(t, d)
}

func (f *File) givenOptions(t *python.Thread, _ []python.Value) (python.Value, error) {
	d := map[string]any{}
	for _, g := range f.line.Given {
		if o := g.Option; !o.Own && len(o.Names) > 0 && o.Dest != "" {
			d[g.Option.Dest] = f.line.Values[g.Option.Dest]
		}
	}
	if classes, ok := f.line.Values["user_classes"].([]string); ok {
		d["user_classes"] = classes
	}
	return optionValue(t, d)
}

// optionTable is what Python's parser has to know of each option.
func optionTable(t *python.Thread, _ []python.Value) (python.Value, error) {
	rows := []any{}
	for _, o := range options.Locust() {
		if o.Kind != options.Help {
			rows = append(rows, []any{o.Names, o.Dest, o.Takes(), o.Env, o.Default})
		}
	}
	return optionValue(t, rows)
}

// mergeOptions takes in the options that a locustfile adds, and returns the words for its parser and where each is from.
func (f *File) mergeOptions(t *python.Thread, a []python.Value) (python.Value, error) {
	custom, err := customOptions(t, a[0])
	if err != nil {
		return nil, err
	}
	words, from, err := f.line.For(custom)
	if err != nil {
		return nil, err
	}
	if settled, err := f.line.Settle(custom); err == nil { // else Python's parser says what is wrong
		f.line = settled
	}
	places := map[string]any{}
	for name, place := range from {
		places[name] = place
	}
	list, err := optionValue(t, words)
	if err != nil {
		return nil, err
	}
	dict, err := optionValue(t, places)
	return python.NewTuple(list, dict), err
}

// customOptions takes what Python says of the options of a locustfile: names, environment variable, nargs, whether each use
// adds a value.
func customOptions(t *python.Thread, v python.Value) ([]options.Option, error) {
	described, err := plain(t, v, 0)
	if err != nil {
		return nil, err
	}
	var custom []options.Option
	for _, d := range described.([]any) {
		row := d.([]any)
		o := options.Option{Env: row[1].(string), Nargs: row[2].(string), Append: row[3].(bool)}
		if o.Nargs == "0" {
			o.Kind = options.Flag
		} else {
			o.Kind = options.Text
		}
		for _, n := range row[0].([]any) {
			o.Names = append(o.Names, n.(string))
		}
		custom = append(custom, o)
	}
	return custom, nil
}

// optionValue is a value of an option in Python.
func optionValue(t *python.Thread, v any) (python.Value, error) {
	switch v := v.(type) {
	case []string:
		items := make([]python.Value, len(v))
		for i, s := range v {
			items[i] = python.NewStr(s)
		}
		return python.NewList(items...), nil
	case []any:
		items := make([]python.Value, len(v))
		for i := range v {
			var err error
			if items[i], err = optionValue(t, v[i]); err != nil {
				return nil, err
			}
		}
		return python.NewList(items...), nil
	case map[string]any:
		d := python.NewDict()
		for _, k := range sortedByText(v) {
			item, err := optionValue(t, v[k])
			if err != nil {
				return nil, err
			}
			d.SetStr(k, item)
		}
		return d, nil
	}
	return value(t, v)
}

// choose keeps the user classes that the command line names, if it names any.
func (f *File) choose(t *python.Thread, parsed python.Value) error {
	v, err := t.HasAttr(parsed, "user_classes")
	if err != nil || v == nil {
		return err
	}
	items, err := t.ToSlice(v)
	if err != nil || len(items) == 0 {
		return err
	}
	var wanted []string
	for _, it := range items {
		name, _ := python.AsStr(it)
		if f.classes[name] == nil {
			return &options.UsageError{Text: "Unknown User(s): " + name}
		}
		wanted = append(wanted, name)
	}
	f.order = slices.DeleteFunc(f.order, func(c *python.Type) bool { return !slices.Contains(wanted, c.Name()) })
	return nil
}
