package check

import "gregaria/worker/internal/python/syntax"

func isTypeChecking(x syntax.Expr) bool {
	switch x := x.(type) {
	case *syntax.Name:
		return x.ID == "TYPE_CHECKING"
	case *syntax.Attr:
		return x.Name == "TYPE_CHECKING"
	}
	return false
}

// isMain says whether x is __name__ == "__main__": Locust imports the file under another name.
func isMain(x syntax.Expr) bool {
	c, ok := x.(*syntax.Compare)
	if !ok || len(c.Ops) != 1 || c.Ops[0] != "==" {
		return false
	}
	name, ok := c.First.(*syntax.Name)
	text, isStr := c.Rest[0].(*syntax.Str)
	return ok && isStr && name.ID == "__name__" && text.Value == "__main__"
}

type workerAnswer uint8

const (
	unclear  workerAnswer = iota
	isWorker              // true on every worker
	noWorker              // true on no worker
)

// workerTest says whether a condition asks where the file runs: isinstance(environment.runner, MasterRunner), environment.web_ui
// and the like.
func workerTest(x syntax.Expr) workerAnswer {
	switch x := x.(type) {
	case *syntax.Unary:
		if x.Op == "not" {
			return []workerAnswer{unclear, noWorker, isWorker}[workerTest(x.X)]
		}
	case *syntax.Bool:
		l, r := workerTest(x.L), workerTest(x.R)
		if x.Op == "and" && (l == noWorker || r == noWorker) {
			return noWorker
		}
		if x.Op == "or" && (l == isWorker || r == isWorker) {
			return isWorker
		}
	case *syntax.Attr:
		if x.Name == "web_ui" {
			return noWorker
		}
	case *syntax.Call:
		if isNamed(x.Func, "isinstance") && len(x.Args) == 2 {
			return runnerClass(x.Args[1])
		}
	}
	return unclear
}

func runnerClass(x syntax.Expr) workerAnswer {
	switch {
	case isNamed(x, "WorkerRunner"):
		return isWorker
	case isNamed(x, "MasterRunner"), isNamed(x, "LocalRunner"):
		return noWorker
	}
	t, ok := x.(*syntax.Tuple)
	if !ok || len(t.Elts) == 0 {
		return unclear
	}
	for _, e := range t.Elts {
		if runnerClass(e) != noWorker {
			return unclear
		}
	}
	return noWorker
}

// isNamed says whether x is a name, or an attribute of that name.
func isNamed(x syntax.Expr, name string) bool {
	switch x := x.(type) {
	case *syntax.Name:
		return x.ID == name
	case *syntax.Attr:
		return x.Name == name
	}
	return false
}

// returns says whether a block ends the function.
func returns(body []syntax.Stmt) bool {
	if len(body) == 0 {
		return false
	}
	switch body[len(body)-1].(type) {
	case *syntax.Return, *syntax.Raise:
		return true
	}
	return false
}
