package stdlib

import (
	"io"
	"testing"

	"gregaria/worker/internal/python"
)

// BenchmarkRealistic is a task as published locustfiles have it, with a client in Go that does nothing.
func BenchmarkRealistic(b *testing.B) {
	t := python.New(python.Options{Stdout: io.Discard, Modules: Modules()}).NewThread()
	t.Lock()
	defer t.Unlock()
	m, err := t.Exec("__main__", "bench.py", []byte(`
import json
import random

class User:
    def task(self):
        body = {"prompt": random.choice(["a fox", "a hen", "a cat"]), "n": 7, "temperature": 0.5}
        with self.client.post(f"/story/{7}", data=json.dumps(body), headers={"X": "y"}, name="/story/[id]", catch_response=True) as r:
            if r.status_code != 200:
                r.failure(f"got {r.status_code}")
            elif "ok" not in r.json():
                r.failure("not ok")
`))
	if err != nil {
		b.Fatal(t.Traceback(err))
	}
	answer := python.NewDict()
	answer.SetStr("ok", python.True)
	response := python.NewInstance(python.NewClass(python.ClassSpec{Name: "Response", Module: "requests", Methods: []*python.Native{
		python.Func("failure(self, exc)", func(*thread, []value) (value, error) { return python.None, nil }),
		python.Func("json(self)", func(*thread, []value) (value, error) { return answer, nil }),
		python.Func("__enter__(self)", func(_ *thread, a []value) (value, error) { return a[0], nil }),
		python.Func("__exit__(self, typ, value, tb)", func(*thread, []value) (value, error) { return python.None, nil }),
	}, Attrs: map[string]value{"status_code": python.Property(func(*thread, value) (value, error) { return python.NewInt(200), nil })}}), nil)
	client := python.NewInstance(python.NewClass(python.ClassSpec{Name: "Client", Module: "requests", Methods: []*python.Native{
		python.Func("post(self, path, data=None, *, headers=None, name=None, catch_response=False)", func(t *thread, _ []value) (value, error) {
			return response, t.Blocking(func() {})
		}),
	}}), nil)
	u, err := t.CallMethod(m, "User")
	if err != nil {
		b.Fatal(err)
	}
	if err := t.SetAttr(u, "client", client); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := t.CallMethod(u, "task"); err != nil {
			b.Fatal(t.Traceback(err))
		}
	}
}
