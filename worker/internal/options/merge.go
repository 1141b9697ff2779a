package options

import (
	"fmt"
	"slices"
	"strings"
)

// merge puts the environment's values and those of configuration files into the command line, as ConfigArgParse does: of the
// command line, the environment and the files, the last file first, the first that has an option has its say.
func merge(all []Option, args []token, env func(string) (string, bool), files []File) ([]token, error) {
	decided := map[*Option]bool{} // flags that were turned off leave no word
	args, err := mergeEnv(all, args, env, decided)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(args, func(t token) bool { return t.text == "-h" || t.text == "--help" }) {
		return args, nil
	}
	for _, f := range slices.Backward(files) {
		if args, err = mergeFile(all, args, f, decided); err != nil {
			return nil, err
		}
	}
	return args, nil
}

func mergeEnv(all []Option, args []token, env func(string) (string, bool), decided map[*Option]bool) ([]token, error) {
	var words []token
	for i := range all {
		o := &all[i]
		if o.Env == "" || len(o.Names) == 0 || given(args, o.Names) {
			continue
		}
		text, ok := env(o.Env)
		if !ok || text == "" && (o.nargs() != "" && o.nargs() != "0") {
			continue
		}
		var value any = text
		if o.nargs() != "" && o.nargs() != "0" || o.Append {
			value = list(text)
		}
		more, err := o.words(value, o.Env, o.Env+"="+text)
		if err != nil {
			return nil, err
		}
		words = append(words, more...)
		decided[o] = o.Kind == Flag
	}
	return insert(args, words), nil
}

func mergeFile(all []Option, args []token, f File, decided map[*Option]bool) ([]token, error) {
	var words []token
	flags := map[*Option]bool{}
	for _, item := range f.items {
		from := fmt.Sprintf("%s: %s = %v", f.Name, item.key, item.value)
		o := keyed(all, item.key)
		if o == nil { // one of the locustfile's, or a mistake: who parses in the end knows
			name := "--" + strings.Trim(item.key, "-")
			if given(args, []string{name}) {
				continue
			}
			o = &Option{Names: []string{name}, Kind: Text, Append: true}
		} else if decided[o] || given(args, o.Names) {
			continue
		}
		if item.value == "" && (o.nargs() != "" && o.nargs() != "0") {
			continue
		}
		more, err := o.words(item.value, item.key, from)
		if err != nil {
			return nil, err
		}
		words = append(words, more...)
		flags[o] = o.Kind == Flag && len(o.Dest) > 0
	}
	for o, flag := range flags {
		decided[o] = decided[o] || flag
	}
	return insert(args, words), nil
}

func keyed(all []Option, key string) *Option {
	for i := range all {
		if slices.Contains(all[i].keys(), key) {
			return &all[i]
		}
	}
	return nil
}

// given says whether one of the names is among the words (configargparse.already_on_command_line).
func given(args []token, names []string) bool {
	for _, a := range args {
		name := a.text
		if name == "--" {
			return false
		}
		if strings.HasPrefix(name, "-") {
			name, _, _ = strings.Cut(name, "=")
		}
		if slices.Contains(names, name) {
			return true
		}
	}
	return false
}

// words are an option with a value, as on a command line (ConfigArgParse's convert_item_to_command_line_arg).
func (o *Option) words(value any, key, from string) ([]token, error) {
	switch value := value.(type) {
	case []string:
		return o.listWords(value, key, from)
	case string:
		if o.nargs() != "0" {
			return []token{{o.last() + "=" + value, from}}, nil
		}
		switch strings.ToLower(value) {
		case "true", "yes", "on", "1":
			return []token{{o.last(), from}}, nil
		case "false", "no", "off", "0":
			return nil, nil
		}
		if o.Kind == Removed { // no flag: argparse sees a value where none may be
			return []token{{o.last() + "=" + value, from}}, nil
		}
		return nil, &UsageError{from, fmt.Sprintf("Unexpected value for %s: '%s'. Expecting 'true', 'false', 'yes', 'no', 'on', 'off', '1' or '0'", key, value)}
	}
	return nil, nil
}

func (o *Option) listWords(values []string, key, from string) ([]token, error) {
	if slices.Contains(values, "--") {
		return nil, &UsageError{from, fmt.Sprintf("%s can't have '--' as a list element, since it would end option parsing", key)}
	}
	var words []token
	switch n := o.nargs(); {
	case o.Append:
		for _, v := range values {
			words = append(words, token{o.last() + "=" + v, from})
		}
	case n == "*" || n == "+" || n != "" && n != "0" && n != "?":
		words = append(words, token{o.last(), from})
		for _, v := range values {
			words = append(words, token{v, from})
		}
	default:
		return nil, &UsageError{from, fmt.Sprintf("%s can't be set to a list '['%s']' unless its action type is changed to 'append' or nargs is set to '*', '+', or > 1",
			key, strings.Join(values, "', '"))}
	}
	return words, nil
}

// insert puts words where values from elsewhere belong: before the first option, or before --.
func insert(args, words []token) []token {
	at := slices.IndexFunc(args, func(t token) bool { return t.text == "--" })
	if at < 0 {
		at = slices.IndexFunc(args, func(t token) bool { return strings.HasPrefix(t.text, "-") })
	}
	if at < 0 {
		at = len(args)
	}
	return slices.Concat(args[:at], words, args[at:])
}
