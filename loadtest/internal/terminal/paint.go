package terminal

// A paint is how a text is shown: the parameters of the escape sequence SGR (ECMA-48), "" for none.
type paint string

// The paints. Colours mean something: green is passed, red is failed, yellow is to be read with care.
const (
	plain  paint = ""
	bold   paint = "1"
	red    paint = "31"
	green  paint = "32"
	yellow paint = "33"
)

// paint colours a text, where the screen has colours.
func (o Options) paint(p paint, text string) string {
	if !o.Colour || p == plain || text == "" {
		return text
	}
	return "\x1b[" + string(p) + "m" + text + "\x1b[0m"
}
