// Command faultworker is a worker whose user classes do what the end-to-end tests of internal/e2e need: several classes at
// once, tasks that are slow, panic, fail, end their user or record text that is not UTF-8. Its requests name the process that
// sent them in the header X-Worker, so that a server can tell the workers apart.
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"time"

	"gregaria/worker/cli"
	"gregaria/worker/client"
	"gregaria/worker/user"
)

// pause is the wait of most classes: short, and long enough that a server in the test keeps up.
const pause = 100 * time.Millisecond

func main() {
	p := cli.Program{Classes: classes(), Listeners: map[string]user.Listener{"greeting": greet}}
	os.Exit(p.Main(os.Args[1:]))
}

// greet sends back what it was sent, with a text that is not UTF-8 beside it.
func greet(m user.Message, send func(kind string, data any) error) {
	if err := send("reply", map[string]any{"got": m.Data, "text": "r\xffply"}); err != nil {
		panic(err)
	}
}

// classes are the user classes; testdata/conformance.py of internal/e2e has the same names.
func classes() []user.Class {
	return []user.Class{
		visitors("Quick", pause, task("quick", (*visitor).page)),
		visitors("Slow", pause, task("slow", (*visitor).page)),
		visitors("Fixed", pause, task("fixed", (*visitor).page)),
		visitors("Failing", pause, task("failing", (*visitor).page)),
		visitors("Once", 10*time.Millisecond, task("once", (*visitor).fiveTimes)),
		visitors("Panicky", pause, task("explode", (*visitor).explode), task("refuse", (*visitor).refuse)),
		visitors("Dirty", pause, task("dirty", (*visitor).dirty)),
		visitors("Tagged", pause, tagged("a", (*visitor).tagA), tagged("b", (*visitor).tagB)),
		visitors("Burner", 70*time.Millisecond, task("burn", (*visitor).burn)),
		strangers("Patient", 0),
		strangers("Impatient", time.Second),
	}
}

// A visitor is one user.
type visitor struct {
	http  *client.Session
	env   *user.Env
	pages int
	limit time.Duration // of a request, 0: none
}

// visitors are a class whose users say when they begin and end: the server knows at any time how many there are.
func visitors(name string, wait time.Duration, tasks ...user.Task[visitor]) user.Class {
	return user.Scenario[visitor]{
		Name: name, Wait: user.Constant(wait), New: newVisitor, Tasks: tasks,
		OnStart: func(v *visitor, ctx context.Context) error { return v.visit(ctx, "/start") },
		OnStop:  func(v *visitor, ctx context.Context) error { return v.visit(ctx, "/stop") },
	}.Class()
}

// strangers are a class for servers that answer nothing sensible: they only ask.
func strangers(name string, limit time.Duration) user.Class {
	return user.Scenario[visitor]{
		Name: name, Wait: user.Constant(pause), Tasks: []user.Task[visitor]{task("ask", (*visitor).page)},
		New: func(env *user.Env) *visitor {
			v := newVisitor(env)
			v.limit = limit
			return v
		},
	}.Class()
}

func newVisitor(env *user.Env) *visitor { return &visitor{http: client.New(env), env: env} }

func task(name string, run func(*visitor, context.Context) error) user.Task[visitor] {
	return user.Task[visitor]{Name: name, Run: run}
}

func tagged(tag string, run func(*visitor, context.Context) error) user.Task[visitor] {
	return user.Task[visitor]{Name: tag, Run: run, Tags: []string{tag}}
}

// visit asks for a page below that of the user's class.
func (v *visitor) visit(ctx context.Context, page string) error {
	v.do(ctx, &client.Request{URL: "/" + v.env.Class + page})
	return nil
}

func (v *visitor) do(ctx context.Context, q *client.Request) {
	q.Method, q.Timeout = http.MethodGet, v.limit
	q.Header = http.Header{"X-Worker": {strconv.Itoa(os.Getpid())}}
	v.http.Do(ctx, q)
	v.pages++
}

func (v *visitor) page(ctx context.Context) error { return v.visit(ctx, "") }

// fiveTimes ends its user after the fifth page, with the start that is six.
func (v *visitor) fiveTimes(ctx context.Context) error {
	if err := v.visit(ctx, ""); err != nil || v.pages < 6 {
		return err
	}
	return user.ErrStopUser
}

// explode panics with a text that is another one every time.
func (v *visitor) explode(ctx context.Context) error {
	_ = v.visit(ctx, "/explode")
	panic(fmt.Sprintf("story %d is gone", v.pages))
}

// refuse returns an error with a text that is another one every time.
func (v *visitor) refuse(ctx context.Context) error {
	_ = v.visit(ctx, "/refuse")
	return fmt.Errorf("no story %d", v.pages)
}

// dirty puts bytes that are not UTF-8 wherever a scenario can put text.
func (v *visitor) dirty(ctx context.Context) error {
	v.do(ctx, &client.Request{URL: "/Dirty/p\xffth"})
	v.do(ctx, &client.Request{
		URL: "/Dirty", Name: "n\xffme", Check: func(*client.Response) error { return errors.New("b\xc3\x28d") },
	})
	v.env.Recorder.Record(user.Request{Type: "T\xffPE", Name: "/\xf0\x28own", Failure: "f\xffil", ResponseTime: time.Millisecond})
	return errors.New("err\xffr")
}

func (v *visitor) tagA(ctx context.Context) error { return v.visit(ctx, "/a/"+v.flavour()) }
func (v *visitor) tagB(ctx context.Context) error { return v.visit(ctx, "/b/"+v.flavour()) }

// flavour is what the master's custom argument of that name says.
func (v *visitor) flavour() string { return fmt.Sprint(v.env.Options["flavour"]) }

// burn keeps one core busy for 30 ms.
func (v *visitor) burn(ctx context.Context) error {
	for began := time.Now(); time.Since(began) < 30*time.Millisecond; {
		continue
	}
	return v.visit(ctx, "")
}
