package options

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// convert makes the value of an option of its words. The error has the words of argparse and of Locust's own types.
func (o *Option) convert(words []string) (any, error) {
	switch o.Kind {
	case Flag, Help, Version:
		return true, nil
	case Texts:
		return words, nil
	case Users:
		return users(words)
	case Removed:
		return nil, errors.New(o.Why)
	default:
		return o.one(words[0])
	}
}

func (o *Option) one(word string) (any, error) {
	switch o.Kind {
	case Int:
		return whole(word)
	case Count:
		n, err := whole(word)
		if err == nil && n < 1 {
			err = fmt.Errorf("Invalid --expect-workers argument (%d), must be a positive number", n) //nolint:staticcheck // Locust's words
		}
		return n, err
	case Rate:
		x, err := strconv.ParseFloat(strings.TrimSpace(word), 64)
		switch {
		case err != nil && !errors.Is(err, strconv.ErrRange):
			return nil, fmt.Errorf("invalid checker value: '%s'", word)
		case math.IsInf(x, 0) || math.IsNaN(x):
			return nil, errors.New("must be a finite number")
		case x <= 0:
			return nil, errors.New("must be > 0")
		}
		return x, nil
	case Span:
		return span(word)
	case Level:
		return level(word)
	case Seconds:
		x, err := strconv.ParseFloat(strings.TrimSpace(word), 64)
		if err != nil {
			return nil, fmt.Errorf("invalid float value: '%s'", word)
		}
		return x, nil
	default:
		return word, nil
	}
}

// whole is int() of Python.
func whole(word string) (int, error) {
	n, err := strconv.Atoi(strings.ReplaceAll(strings.TrimSpace(word), "_", ""))
	if err != nil {
		return 0, fmt.Errorf("invalid int value: '%s'", word)
	}
	return n, nil
}

var (
	digits = regexp.MustCompile(`^\d+$`)
	parts  = regexp.MustCompile(`^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$`)
)

// span is locust.util.timespan.parse_timespan: seconds.
func span(word string) (int, error) {
	if word == "" {
		return 0, errors.New("Invalid time span format") //nolint:staticcheck // Locust's words
	}
	if digits.MatchString(word) {
		return whole(word)
	}
	found := parts.FindStringSubmatch(word)
	if found == nil {
		return 0, errors.New("Invalid time span format. Valid formats: 20, 20s, 3m, 2h, 1h20m, 3h30m10s, etc.") //nolint:staticcheck // Locust's words
	}
	seconds := 0
	for i, unit := range []int{3600, 60, 1} {
		n, _ := strconv.Atoi(found[i+1]) // "" is 0
		seconds += n * unit
	}
	return seconds, nil
}

func level(word string) (string, error) {
	known := []string{"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}
	up := strings.ToUpper(word)
	if !slices.Contains(known, up) {
		return "", fmt.Errorf("invalid choice: '%s' (choose from 'DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL')", up)
	}
	return up, nil
}

// users is locust.argument_parser.json_user_config: a list of lists of configurations.
func users(given []string) ([]any, error) {
	all := []any{}
	for _, word := range given {
		text := []byte(word)
		if strings.HasSuffix(word, ".json") {
			var err error
			if text, err = os.ReadFile(word); err != nil {
				return nil, errors.New(openError(err, word))
			}
		}
		v, err := decode(text)
		if err != nil {
			return nil, fmt.Errorf("The --config-users argument must be a valid JSON string or file: %w", err) //nolint:staticcheck // Locust's words
		}
		list, ok := v.([]any)
		if !ok {
			list = []any{v}
		}
		for _, c := range list {
			if m, ok := c.(map[string]any); !ok || m["user_class_name"] == nil {
				return nil, errors.New("The user config must specify a user_class_name") //nolint:staticcheck // Locust's words
			}
		}
		all = append(all, list)
	}
	return all, nil
}

// decode reads JSON; whole numbers stay whole.
func decode(text []byte) (any, error) {
	if !json.Valid(text) {
		var v any
		return nil, json.Unmarshal(text, &v) // for the reason
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	err := d.Decode(&v)
	return numbers(v), err
}

func numbers(v any) any {
	switch v := v.(type) {
	case json.Number:
		if n, err := strconv.Atoi(v.String()); err == nil {
			return n
		}
		x, _ := v.Float64() // it is a number, if a large one
		return x
	case []any:
		for i := range v {
			v[i] = numbers(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = numbers(v[k])
		}
	}
	return v
}
