package session

import "strings"

// hasTextType says whether a Content-Type is that of text.
func hasTextType(kind string) bool { return strings.HasPrefix(strings.ToLower(kind), "text") }

// charsetIn is the encoding that a Content-Type says, utf-8 if it says none.
func charsetIn(kind string) string {
	for _, part := range strings.Split(strings.ToLower(kind), ";") {
		if name, ok := strings.CutPrefix(strings.TrimSpace(part), "charset="); ok {
			if name = strings.Trim(strings.TrimSpace(name), `"'`); name != "" {
				return name
			}
			break
		}
	}
	return "utf-8"
}
