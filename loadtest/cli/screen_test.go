package cli

import (
	"strings"
	"testing"
)

func TestDrawsBlocks(t *testing.T) {
	t.Parallel()
	for environment, want := range map[string]bool{
		"":                             false, // the locale C
		"TERM=xterm LANG=en_US.UTF-8":  true,
		"LANG=de_DE.utf8":              true,
		"LANG=C.UTF-8":                 true,
		"LANG=de_DE.ISO-8859-1":        false,
		"LANG=en_US.UTF-8 LC_ALL=C":    false,
		"LANG=C LC_CTYPE=en_US.UTF-8":  true,
		"LANG=ja_JP.UTF-8":             false,
		"TERM=linux LANG=en_US.UTF-8":  false,
		"TERM=vt220 LANG=en_US.UTF-8":  false,
		"LC_CTYPE=UTF-8":               true, // macOS, over ssh
		"TERM=screen LANG=zh_CN.UTF-8": false,
	} {
		variables := map[string]string{}
		for _, pair := range strings.Fields(environment) {
			name, value, _ := strings.Cut(pair, "=")
			variables[name] = value
		}
		if got := drawsBlocks(func(name string) string { return variables[name] }); got != want {
			t.Errorf("drawsBlocks() with %q = %v, want %v", environment, got, want)
		}
	}
}
