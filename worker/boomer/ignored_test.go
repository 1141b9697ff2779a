package boomer

import (
	"bytes"
	"log"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// What the master says and a program of boomer's cannot obey is in the log, once.
func TestIgnoredIsSaid(t *testing.T) {
	t.Setenv("GREGARIA_JOB", "POST /a -> GET /a until $.s = done")
	t.Setenv("GREGARIA_STREAM_DATA", "$.delta")
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		var out bytes.Buffer
		r.WithLogger(log.New(&out, "", 0))
		r.Run(&Task{Fn: func() { time.Sleep(time.Second) }})
		synctest.Wait()
		for n := range 3 {
			r.master.Say("spawn", map[string]any{
				"timestamp": float64(n + 1), "user_classes_count": map[string]int{"User": n + 1}, "host": "http://site", "stop_timeout": 0.0,
				"parsed_options": map[string]any{"tags": []string{"fast"}, "exclude_tags": []string{}, "iterations": nil},
			})
			r.master.Say("update_user_class", map[string]any{"user_class_name": "User", "host": "http://b", "weight": 3, "tasks": []string{"a"}})
			r.master.Say("update_user_class", map[string]any{"user_class_name": "User", "weight": 3, "fixed_count": 1})
			time.Sleep(2 * time.Second)
		}
		r.Quit()
		for _, want := range []string{
			"The master's host http://site is not used", "WARN: The master's --tags [fast] is not obeyed",
			"WARN: The master changes host, tasks of user class User, which", "WARN: GREGARIA_JOB, GREGARIA_STREAM_DATA: not obeyed",
		} {
			if n := strings.Count(out.String(), want); n != 1 {
				t.Errorf("%q is %d times in the log, want once:\n%s", want, n, &out)
			}
		}
		if n := strings.Count(out.String(), "The master"); n != 3 {
			t.Errorf("%d lines of what is not obeyed, want 3:\n%s", n, &out)
		}
	})
}
