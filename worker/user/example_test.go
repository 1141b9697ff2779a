package user_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gregaria/worker/user"
)

// live runs one user of a class as the worker does, until it ends.
func live(class user.Class, options map[string]any) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	env := &user.Env{
		Class: class.Name, Done: ctx, Recorder: printer{}, Options: options,
		Report: func(e user.Exception) { fmt.Println("exception:", e.Message) },
	}
	defer env.Exit()
	class.Run(ctx, env)
}

// printer is a recorder that prints.
type printer struct{}

func (printer) Record(q user.Request) {
	fmt.Printf("%s %s %d %q\n", q.Type, q.Name, q.Length, q.Failure)
}

type shopper struct{ basket int }

func (s *shopper) add(context.Context) error   { s.basket++; fmt.Println("add"); return nil }
func (s *shopper) pay(context.Context) error   { fmt.Println("pay for", s.basket); return nil }
func (s *shopper) leave(context.Context) error { return user.ErrStopUser }

// A class of users, with state of their own, that pick a task by weight every one to three seconds.
func ExampleScenario() {
	class := user.Scenario[shopper]{
		Name: "Shopper",
		Wait: user.Between(time.Second, 3*time.Second),
		Tasks: []user.Task[shopper]{
			{Name: "add", Weight: 3, Run: (*shopper).add},
			{Name: "leave", Run: (*shopper).leave},
		},
	}.Class()
	fmt.Println(class.Name)
	// Output: Shopper
}

// A sequential set: the user adds twice, pays, and leaves.
func ExampleSet() {
	checkout := &user.Set[shopper]{
		Name: "checkout", Sequential: true,
		Tasks: []user.Task[shopper]{
			{Name: "add", Weight: 2, Run: (*shopper).add},
			{Name: "pay", Run: (*shopper).pay},
			{Name: "leave", Run: (*shopper).leave},
		},
	}
	live(user.Scenario[shopper]{Name: "Shopper", Tasks: []user.Task[shopper]{{Set: checkout}}}.Class(), nil)
	// Output:
	// add
	// add
	// pay for 2
}

// Interrupt leaves a set: here after one task, and the set around it picks its next task at once.
func ExampleInterrupt() {
	visits := 0
	forum := &user.Set[shopper]{Name: "forum", Tasks: []user.Task[shopper]{
		{Name: "read", Run: func(*shopper, context.Context) error { fmt.Println("read"); return user.Interrupt(true) }},
	}}
	live(user.Scenario[shopper]{Name: "Reader", Tasks: []user.Task[shopper]{{Set: &user.Set[shopper]{
		Name: "site", Sequential: true, Tasks: []user.Task[shopper]{
			{Set: forum},
			{Name: "count", Run: func(*shopper, context.Context) error {
				if visits++; visits == 2 {
					return user.ErrStopUser
				}
				return nil
			}},
		},
	}}}}.Class(), nil)
	// Output:
	// read
	// read
}

// What --tags of the master leaves of a class.
func ExampleTask_tags() {
	live(user.Scenario[shopper]{Name: "Shopper", Tasks: []user.Task[shopper]{
		{Name: "add", Tags: []string{"write"}, Run: (*shopper).add},
		{Name: "leave", Tags: []string{"read"}, Run: (*shopper).leave},
	}}.Class(), map[string]any{"tags": []any{"read"}})
	fmt.Println("left without adding")
	// Output: left without adding
}

// A request that is not HTTP, measured by hand.
func ExampleEnv_Begin() {
	class := user.Scenario[user.Env]{
		Name: "Greeter",
		New:  func(env *user.Env) *user.Env { return env },
		Tasks: []user.Task[user.Env]{{Name: "greet", Run: func(env *user.Env, _ context.Context) error {
			timer := env.Begin("grpc", "Greet")
			answer, err := "hello", error(nil) // what a client of yours returns
			timer.End(int64(len(answer)), err)
			timer.End(0, errors.New("deadline exceeded"))
			return user.ErrStopUser
		}}},
	}.Class()
	live(class, nil)
	// Output:
	// grpc Greet 5 ""
	// grpc Greet 0 "deadline exceeded"
}
