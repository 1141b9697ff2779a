package locustconf

import "encoding/json"

// Where a setting can come from, beside the files, which have their own names.
const (
	variable = "variable"
	argument = "argument"
)

// A Setting is one line of a file, one variable or one argument.
type Setting struct {
	// Source is the file, "variable" or "argument".
	Source string `json:"source"`
	// Key and Text are the setting as it is written.
	Key  string `json:"key"`
	Text string `json:"text"`
	// Dest is Locust's own name for the option, "" if it is none of Locust's: then the locustfile may know it.
	Dest string `json:"dest"`
	// Value is what Locust's parser made of it.
	Value json.RawMessage `json:"value"`
}

// IsArgument says that the setting is among the arguments for Locust, and not from a file or a variable, which may be there for other runs.
func (s Setting) IsArgument() bool { return s.Source == argument }

// Found is all that was set, the strongest sources first.
type Found struct {
	Settings []Setting `json:"settings"`
	// Known are the options that this Locust has.
	Known []string `json:"known"`
}

// A treatment is what a run does with an option of Locust's.
type treatment struct {
	way way
	// because ends the sentence that says so.
	because string
	// undo is the flag that takes the option back on Locust's command line. A variable is just not passed on.
	undo []string
}

// A way is how an option is treated.
type way int

const (
	obeyed   way = iota // Locust obeys it, and nothing of a run depends on it
	taken               // it is the default of a flag of loadtest
	copied              // taken, and taken back: what loadtest does with it, Locust must not do too
	setAside            // loadtest gives Locust another value
	refused             // nothing can take it back, and a run cannot live with it
)

// treatments has every option of Locust 2.47.0 that a run does not simply leave to Locust, by Locust's own names.
func treatments() map[string]treatment {
	const drives = "loadtest starts and ends the test itself, through the web UI"
	const loopback = "master and web UI are for this machine alone"
	const results = "the results go to --output-dir"
	const lists = "Locust would print that and run nothing"
	return map[string]treatment{
		"host": {way: taken}, "num_users": {way: taken}, "spawn_rate": {way: taken}, "run_time": {way: taken},
		"stop_timeout": {way: taken}, "locustfile": {way: taken}, "web_port": {way: taken}, "master_bind_port": {way: taken},
		"web_base_path": {way: taken}, "config_users": {way: taken}, "reset_stats": {way: taken},

		"headless":                {way: setAside, because: drives, undo: []string{"--headful"}},
		"autoquit":                {way: setAside, because: drives, undo: []string{"--autoquit=-1"}},
		"expect_workers":          {way: setAside, because: "loadtest waits for the workers that it starts"},
		"expect_workers_max_wait": {way: setAside, because: "--worker-timeout says how long the workers may take"},
		"web_host":                {way: setAside, because: loopback},
		"web_host_display_name":   {way: setAside, because: loopback},
		"master_bind_host":        {way: setAside, because: loopback},
		"master_host":             {way: setAside, because: loopback},
		"master_port":             {way: setAside, because: "workers connect to --master-port"},
		"tls_cert":                {way: setAside, because: loopback, undo: []string{"--tls-cert="}},
		"tls_key":                 {way: setAside, because: loopback, undo: []string{"--tls-key="}},
		"processes":               {way: setAside, because: "--workers and --python-workers say how many there are", undo: []string{"--processes=0"}},
		"csv_prefix":              {way: copied, undo: []string{"--csv="}},
		"html_file":               {way: copied, undo: []string{"--html="}},
		"logfile":                 {way: setAside, because: results, undo: []string{"--logfile="}},

		"autostart":            {way: refused, because: drives},
		"worker":               {way: refused, because: "loadtest starts the master and the workers itself"},
		"web_login":            {way: refused, because: "loadtest has no password for the web UI, which only this machine can reach"},
		"class_picker":         {way: refused, because: "loadtest starts the test itself: name the user classes after its flags"},
		"list_commands":        {way: refused, because: lists},
		"show_task_ratio":      {way: refused, because: lists},
		"show_task_ratio_json": {way: refused, because: lists},
	}
}
