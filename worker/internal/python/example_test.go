package python_test

import (
	"fmt"
	"os"

	"gregaria/worker/internal/python"
)

// Go code calls a method of a class in a file, with keywords, and prints the traceback of what it raises.
func Example() {
	iso := python.New(python.Options{Stdout: os.Stdout})
	t := iso.NewThread()
	t.Lock()
	defer t.Unlock()
	m, err := t.Exec("__main__", "locustfile.py", []byte(`
class User:
    def task(self, path, name=None):
        print(path, name)
        return {}["missing"]
`))
	if err != nil {
		fmt.Print(t.Traceback(err))
		return
	}
	user, err := t.Call(m.Attrs().GetStr("User"))
	if err != nil {
		fmt.Print(t.Traceback(err))
		return
	}
	task, err := t.GetAttr(user, "task")
	if err != nil {
		fmt.Print(t.Traceback(err))
		return
	}
	_, err = t.CallKw(task, python.Args{
		Pos:   []python.Value{python.NewStr("/")},
		Names: []*python.Str{python.NewStr("name")}, Values: []python.Value{python.NewStr("root")},
	})
	fmt.Print(t.Traceback(err))
	// Output:
	// / root
	// Traceback (most recent call last):
	//   File "locustfile.py", line 5, in task
	//     return {}["missing"]
	//            ~~^^^^^^^^^^^
	// KeyError: 'missing'
}

// A module in Go: a function that waits without the lock, and a class that files derive from.
func ExampleNewClass() {
	user := python.NewClass(python.ClassSpec{
		Name: "User", Module: "locust",
		Methods: []*python.Native{
			python.Func("get(self, path, *, name=None)", func(t *python.Thread, a []python.Value) (python.Value, error) {
				path, _ := python.AsStr(a[1])
				var status int64
				if err := t.Blocking(func() { status = int64(200 + len(path)) }); err != nil {
					return nil, err
				}
				return python.NewInt(status), nil
			}),
		},
		OnSubclass: func(_ *python.Thread, cls *python.Type, _ python.Args) error {
			fmt.Println("class", cls.Name())
			return nil
		},
	})
	iso := python.New(python.Options{Stdout: os.Stdout, Modules: map[string]func(*python.Thread) (*python.Module, error){
		"locust": func(*python.Thread) (*python.Module, error) {
			return python.NewModule("locust", map[string]python.Value{"User": user}), nil
		},
	}})
	t := iso.NewThread()
	err := t.Do(func() error {
		_, err := t.Exec("__main__", "locustfile.py", []byte(`
from locust import User
class Mine(User):
    pass
print(Mine().get("/abc", name="x"))
Mine().get()
`))
		return err
	})
	fmt.Println(err)
	// Output:
	// class Mine
	// 204
	// TypeError: User.get() missing 1 required positional argument: 'path'
}
