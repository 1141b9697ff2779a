package options

// A token is a word of the command line, or one that stands for an environment variable or a line of a configuration file.
type token struct {
	text string
	from string // "" is the command line; else the variable, or the file and the key
}

// A UsageError is a command line that cannot be used.
type UsageError struct {
	// From is where it comes from: "" is the command line.
	From string
	// Text is what argparse says.
	Text string
}

// Error implements error.
func (p *UsageError) Error() string {
	if p.From == "" {
		return p.Text
	}
	return p.From + ": " + p.Text
}
