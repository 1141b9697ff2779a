package cli

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// configUsers is the one of those flags whose words are no tags.
const configUsers = "--config-users"

// many are the flags that take as many words as there are until the next option, as Locust's do (nargs="*" in locust/argument_parser.py), by how they may be written.
func many() map[string]string {
	return map[string]string{"--tags": "--tags", "-T": "--tags", "--exclude-tags": "--exclude-tags", "-E": "--exclude-tags", configUsers: configUsers}
}

// spread gives each word behind such a flag the flag of its own: --tags a b becomes --tags=a --tags=b. Behind a flag with its value, as in --tags=a, other words stay what
// they are. A word that looks like a user class is said to be none.
func spread(args []string, stderr io.Writer) (spread []string) {
	for i := 0; i < len(args); i++ {
		flag, found := many()[args[i]]
		if !found {
			spread = append(spread, args[i])
			continue
		}
		from := i + 1
		for i+1 < len(args) && !strings.HasPrefix(args[i+1], "-") {
			i++
		}
		words := args[from : i+1]
		if len(words) == 0 {
			spread = append(spread, flag) // that it has none is said of the flag
		}
		for n, word := range words {
			spread = append(spread, flag, word)
			if n > 0 && flag != configUsers && strings.ContainsFunc(word[:min(1, len(word))], unicode.IsUpper) {
				fmt.Fprintf(stderr, "loadtest: %s is a tag here and no user class: %s takes all words until the next option, as Locust's does; for a user class write %s=%s %s\n",
					word, flag, flag, strings.Join(words[:n], ","), word)
			}
		}
	}
	return spread
}
