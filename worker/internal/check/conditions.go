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

// swapped is the answer to the opposite question.
func (a workerAnswer) swapped() workerAnswer { return []workerAnswer{unclear, noWorker, isWorker}[a] }

// workerTest says whether a condition asks where the file runs: isinstance(environment.runner, MasterRunner), environment.web_ui,
// "--master" in sys.argv and the like, or a variable that is assigned such a condition once.
func workerTest(x syntax.Expr, p *place) workerAnswer { return workerTestIn(x, p, maxDepth) }

func workerTestIn(x syntax.Expr, p *place, depth int) workerAnswer {
	if depth == 0 {
		return unclear
	}
	switch x := x.(type) {
	case *syntax.Unary:
		if x.Op == "not" {
			return workerTestIn(x.X, p, depth-1).swapped()
		}
	case *syntax.Bool:
		return joinedTest(x, p, depth)
	case *syntax.Walrus:
		return workerTestIn(x.Value, p, depth-1)
	case *syntax.Attr:
		return attrTest(x)
	case *syntax.Name:
		return namedTest(x, p, depth)
	case *syntax.Compare:
		if len(x.Ops) == 1 {
			return comparedTest(x.First, x.Ops[0], x.Rest[0], p, depth)
		}
	case *syntax.Call:
		return calledTest(x, p, depth)
	}
	return unclear
}

// joinedTest answers two conditions with and or or between them. One of them may be enough.
func joinedTest(x *syntax.Bool, p *place, depth int) workerAnswer {
	l, r := workerTestIn(x.L, p, depth-1), workerTestIn(x.R, p, depth-1)
	switch {
	case x.Op == "and" && (l == noWorker || r == noWorker):
		return noWorker
	case x.Op == "or" && (l == isWorker || r == isWorker):
		return isWorker
	case l == r:
		return l
	}
	return unclear
}

// attrTest answers environment.web_ui, parsed_options.master and parsed_options.worker.
func attrTest(x *syntax.Attr) workerAnswer {
	switch {
	case x.Name == "web_ui", x.Name == "master" && isNamed(x.X, "parsed_options"):
		return noWorker
	case x.Name == "worker" && isNamed(x.X, "parsed_options"):
		return isWorker
	}
	return unclear
}

// calledTest answers isinstance(environment.runner, MasterRunner), bool(condition) and getattr(environment, "web_ui").
func calledTest(x *syntax.Call, p *place, depth int) workerAnswer {
	switch {
	case isNamed(x.Func, "isinstance") && len(x.Args) == 2:
		return runnerClass(x.Args[1])
	case isNamed(x.Func, "bool") && len(x.Args) == 1:
		return workerTestIn(x.Args[0], p, depth-1)
	case isNamed(x.Func, "getattr") && len(x.Args) > 1 && isText(x.Args[1], "web_ui"):
		return noWorker
	}
	return unclear
}

// namedTest follows a variable. A parameter that is called web_ui is what the init event brings: None on a worker.
func namedTest(x *syntax.Name, p *place, depth int) workerAnswer {
	bs := p.scope.lookup(x.ID)
	switch {
	case len(bs) != 1:
	case bs[0].kind == valued:
		return workerTestIn(bs[0].expr, bs[0].at, depth-1)
	case bs[0].kind == opaque && x.ID == "web_ui" && bs[0].at.scope.parent != nil:
		return noWorker
	}
	return unclear
}

// comparedTest answers x is None, type(runner) is MasterRunner, "--master" in sys.argv and their opposites.
func comparedTest(l syntax.Expr, op string, r syntax.Expr, p *place, depth int) workerAnswer {
	answer := unclear
	switch none, isNone := r.(*syntax.Const); {
	case op == "in" || op == "not in":
		if isNamed(r, "argv") && isText(l, "--worker") {
			answer = isWorker
		} else if isNamed(r, "argv") && isText(l, "--master") {
			answer = noWorker
		}
	case isNone && none.Name == "None":
		answer = workerTestIn(l, p, depth-1).swapped()
	case isNamed(r, "__name__") || isNamed(l, "__name__"):
		for _, text := range []syntax.Expr{l, r} {
			if s, ok := text.(*syntax.Str); ok {
				answer = runnerClass(&syntax.Name{ID: s.Value})
			}
		}
	default:
		answer = max(runnerClass(l), runnerClass(r))
	}
	if op == "!=" || op == "is not" || op == "not in" {
		return answer.swapped()
	}
	return answer
}

func isText(x syntax.Expr, text string) bool {
	s, ok := x.(*syntax.Str)
	return ok && s.Value == text
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

// returns says whether a block ends the function, or the turn of the loop.
func returns(body []syntax.Stmt) bool {
	if len(body) == 0 {
		return false
	}
	switch body[len(body)-1].(type) {
	case *syntax.Return, *syntax.Raise:
		return true
	case *syntax.Simple:
		return body[len(body)-1].(*syntax.Simple).Kind != "pass"
	}
	return false
}
