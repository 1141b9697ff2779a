package check

import (
	"slices"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/syntax"
)

// differences are names that are there and act differently from the original, each with what a person has to know. Whoever uses
// one is told so in one line when the worker starts.
func differences() map[string]string {
	return map[string]string{
		"signal.signal":         "signal.signal: handlers of SIGINT, SIGTERM and SIGQUIT are not called, since the worker itself ends by these",
		"os._exit":              "os._exit raises SystemExit: the process is the worker's, and may be that of other workers",
		"os.chdir":              "os.chdir changes the folder of all workers in this process",
		"sys.setrecursionlimit": "sys.setrecursionlimit changes nothing: calls may nest 1000 deep",
		"sys.setswitchinterval": "sys.setswitchinterval changes nothing",
		"sys.getrefcount":       "sys.getrefcount is always 2: this worker does not count references",
		"sys.getsizeof":         "sys.getsizeof has other values than CPython's",
		"threading.settrace":    "threading.settrace changes nothing",
		"threading.setprofile":  "threading.setprofile changes nothing",
		"threading.stack_size":  "threading.stack_size changes nothing",
		"getpass.getpass":       "getpass.getpass raises EOFError: a worker has no terminal",
		"builtins.input":        "input raises EOFError: a worker has no terminal",
		"select.select":         "select.select only waits: it takes no sockets",
		"weakref.ref":           "weakref.ref keeps its object alive here: a reference is never found dead",
		"weakref.proxy":         "weakref.proxy is the object itself here, and keeps it alive",
		"weakref.finalize":      "weakref.finalize is not called when its object is freed",
		"multiprocessing.Value": ownValue("Value"),
		"multiprocessing.Array": ownValue("Array"),
		"multiprocessing.Queue": ownValue("Queue"),
		"multiprocessing.Lock":  ownValue("Lock"),
		"certifi.where":         "certifi.where names the certificates that the system trusts: this worker brings none of its own",
		debugFlag:               "re.DEBUG prints nothing: what CPython prints is the program of its own engine",
		"locale.setlocale":      "locale.setlocale knows the C locale and en_US.UTF-8, which format alike",
	}
}

// debugFlag is the one difference that is no function: whoever reads it is told.
const debugFlag = "re.DEBUG"

func ownValue(name string) string {
	return "multiprocessing." + name + ": with --processes each worker has its own, and locust --processes shares what the module's body has made"
}

// unseen are keywords that change nothing that a file could see, here or in CPython.
const unseen = " blocksize bufsize buffering chunksize close_fds compact context debug enable_multithread hub lookup_lines memLevel priority ref restore_signals" +
	" target_is_directory allowZip64 use_response_times_cache validate known_paths _one_shot dict_type module delay handlerList group globals locals" +
	" allow_none do_setlocale chunk_size "

// different says in one line what acts differently here.
func (c *checker) different(u *callUse, e entity) {
	if text := c.world.unlike[e.path]; text != "" {
		c.warnf(u.at, u.x.Line, "%s", text)
	}
	for _, k := range u.x.Kw {
		if k.Name != "" && !has(unseen, k.Name) && ignores(e.value, k.Name) {
			c.warnf(u.at, k.Value.Span().Line, "keyword %s of %s changes nothing on this worker", k.Name, shown(e.path))
		}
	}
}

// ignores says whether a function in Python takes a keyword and never looks at it.
func ignores(v python.Value, keyword string) bool {
	if t, ok := v.(*python.Type); ok {
		v = t.Lookup("__init__")
	}
	fn, ok := v.(*python.Function)
	if !ok || fn.Tree() == nil {
		return false
	}
	def := definition(fn.Tree().Body, fn)
	if def == nil || !slices.ContainsFunc(def.Params.List, func(p syntax.Param) bool { return p.Name == keyword && p.Default != nil }) {
		return false
	}
	body, err := def.Block()
	return err == nil && !reads(body, keyword)
}

// definition finds a function in the tree of its module.
func definition(body []syntax.Stmt, fn *python.Function) *syntax.Func {
	for _, s := range body {
		if def, ok := s.(*syntax.Func); ok && def.Pos == fn.Pos() {
			return def
		}
		for _, b := range syntax.Blocks(s) {
			if def := definition(b, fn); def != nil {
				return def
			}
		}
	}
	return nil
}

// reads says whether a body names a variable, or all of them by locals().
func reads(body []syntax.Stmt, name string) bool {
	found := false
	look := func(x syntax.Expr) bool {
		if n, ok := x.(*syntax.Name); ok && (n.ID == name || n.ID == "locals") {
			found = true
		}
		return !found
	}
	for _, s := range body {
		for _, x := range syntax.Operands(s) {
			syntax.Inspect(x, look)
		}
		for _, b := range syntax.Blocks(s) {
			found = found || reads(b, name)
		}
	}
	return found
}
