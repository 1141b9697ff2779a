package options

import (
	"fmt"
	"strings"
)

// helpWidth is how wide the help is, in letters.
const helpWidth = 120

// Page is the text of --help: of the options that have one.
func Page(usage, description string, all []Option) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Usage: %s\n\n%s\n\nFlags:\n", usage, description)
	for i := range all {
		o := &all[i]
		if o.Help == "" {
			continue
		}
		head := "      "
		if len(o.Names) > 1 && len(o.Names[0]) > 2 {
			head = "  " + o.Names[1] + ", " + o.Names[0]
		} else if len(o.Names) > 1 {
			head = "  " + strings.Join(o.Names, ", ")
		} else {
			head += o.Names[0]
		}
		if o.Metavar != "" {
			head += " " + o.Metavar
		}
		text := o.Help
		if o.Env != "" {
			text += " ($" + o.Env + ")"
		}
		b.WriteString(wrap(head, text))
	}
	return b.String()
}

// wrap breaks a text beside its head.
func wrap(head, text string) string {
	const column = 26
	var b strings.Builder
	line := fmt.Sprintf("%-*s", column, head)
	if len(head) >= column {
		b.WriteString(head + "\n")
		line = strings.Repeat(" ", column)
	}
	for _, word := range strings.Fields(text) {
		if len(line)+1+len(word) > helpWidth {
			b.WriteString(strings.TrimRight(line, " ") + "\n")
			line = strings.Repeat(" ", column)
		}
		line += " " + word
	}
	return b.String() + line + "\n"
}
