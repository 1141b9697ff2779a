package process

import (
	"strings"
	"testing"
)

func TestDescribed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ cmdline, name, shown string }{
		{"/usr/bin/python3.11|-m|uvicorn|app.main:app|--port|8000", "uvicorn", "/usr/bin/python3.11 -m uvicorn app.main:app ..."},
		{"/v/bin/python|-u|/v/bin/uvicorn|app:app", "uvicorn", "/v/bin/python -u /v/bin/uvicorn app:app"},
		{"python|server.py|--password|hunter2", "server.py", "python server.py ..."},
		{"python|-c|import os; key='hunter2'", "python", "python ..."},
		{"python|-W|ignore|server.py", "python", "python ..."},
		{"node|--inspect=hunter2|server.js", "node", "node ..."},
		{"java|-Dpassword=hunter2|-jar|app.jar", "java", "java ..."},
		{"java|-jar|app.jar", "app.jar", "java -jar app.jar"},
		{"sh|-c|SECRET=hunter2 exec uvicorn", "sh", "sh ..."},
		{"gunicorn: master [app:app]", "gunicorn", "gunicorn: master [app:app]"},
		{"nginx: master process nginx -g daemon off;", "nginx", "nginx: master process nginx -g daemon off;"},
		{"redis-server|*:6379", "redis-server", "redis-server *:6379"},
		{"redis-server|--requirepass|hunter2", "redis-server", "redis-server ..."},
		{"serve|postgres://u:hunter2@db/x", "serve", "serve ..."},
		{"serve|u:hunter2@db", "serve", "serve ..."},
		{"serve|KEY=hunter2", "serve", "serve ..."},
		{"bin/target|" + strings.Repeat("x", 60) + "|" + strings.Repeat("y", 60), "target", "bin/target " + strings.Repeat("x", 60) + " " + strings.Repeat("y", 28) + " ..."},
		{"a\nb\x1b[31m", "ab[31m", "ab[31m"},
		{"", "", ""},
	} {
		name, shown := described(arguments([]byte(strings.ReplaceAll(c.cmdline, "|", "\x00") + "\x00")))
		if name != c.name || shown != c.shown {
			t.Errorf("described(%q) = %q, %q, want %q, %q", c.cmdline, name, shown, c.name, c.shown)
		}
		if strings.Contains(name+shown, "hunter2") {
			t.Errorf("described(%q) shows the secret", c.cmdline)
		}
	}
}

// FuzzDescribed: nothing from the first flag on is shown that an interpreter's own letters do not lead to, and the line stays one line.
func FuzzDescribed(f *testing.F) {
	f.Add("python", "-m", "uvicorn")
	f.Add("serve", "--key", "k")
	f.Fuzz(func(t *testing.T, program, flag, value string) {
		name, shown := described(arguments([]byte(program + "\x00--" + flag + "\x00" + value)))
		if strings.ContainsAny(name+shown, "\n\r\x1b\x00") {
			t.Errorf("a line break in %q, %q", name, shown)
		}
		if !strings.Contains(program, "\x00") && len(value) > 3 && !strings.Contains(program, value) && strings.Contains(shown, value) {
			t.Errorf("described(%q --%q %q) = %q: it shows the value", program, flag, value, shown)
		}
	})
}
