//go:build e2e

package e2e

import (
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/target"
)

// TestLoadtestSettingsOfLocust leaves settings of Locust's where people have them. Each is obeyed, set aside with a word, or refused
// by file and key before anything starts; none makes loadtest wait for a master that does something else.
func TestLoadtestSettingsOfLocust(t *testing.T) {
	t.Parallel()
	const runs, refused = exitcode.OK, exitcode.Usage
	const drives = "loadtest starts and ends the test itself, through the web UI"
	tests := []struct {
		reason string
		files  map[string]string
		env    []string
		flags  []string
		code   int
		says   []string
	}{
		{"headless in locust.conf", map[string]string{"locust.conf": "headless = true\n"}, nil, nil, runs, []string{"locust.conf: headless is not obeyed: " + drives}},
		{"headless in pyproject.toml", map[string]string{"pyproject.toml": "[tool.locust]\nheadless = true\n"}, nil, nil, runs, []string{"pyproject.toml: headless is not obeyed"}},
		{"headless at home", map[string]string{"home/.locust.conf": "headless\n"}, nil, nil, runs, []string{".locust.conf: headless is not obeyed"}},
		{"headless in a variable", nil, []string{"LOCUST_HEADLESS=true"}, nil, runs, []string{"LOCUST_HEADLESS is not obeyed"}},
		{
			"what a shared file has for headless runs",
			map[string]string{"locust.conf": "users = 3\nspawn-rate = 3\nrun-time = 3s\nautoquit = 5\nexpect-workers = 4\n"},
			nil, nil, runs,
			[]string{"locust.conf: users is taken for --users: 3", "locust.conf: run-time is taken for --duration: 3s", "locust.conf: autoquit is not obeyed", "up to 3 users"},
		},
		{"a path of the web UI", map[string]string{"locust.conf": "web-base-path = /load\n"}, nil, nil, runs, []string{"web UI at http://localhost:", "/load"}},
		{"a path of the web UI, in a variable", nil, []string{"LOCUST_WEB_BASE_PATH=/load"}, nil, runs, []string{"/load"}},
		{"ports", map[string]string{"locust.conf": "web-port = WEB\nmaster-bind-port = MASTER\n"}, nil, nil, runs, []string{"locust.conf: web-port is taken for --web-port: WEB", "localhost:WEB"}},
		{
			"a web UI for all, with TLS, and files elsewhere",
			map[string]string{"pyproject.toml": "[tool.locust]\nweb-host = \"0.0.0.0\"\ntls-cert = \"a.pem\"\ntls-key = \"b.pem\"\ncsv = \"x\"\nhtml = \"x.html\"\nlogfile = \"x.log\"\nprocesses = 2\n"},
			nil, nil, runs,
			[]string{"tls-cert is not obeyed", "pyproject.toml: csv is taken for --csv: x", "pyproject.toml: html is taken for --html: x.html", "logfile is not obeyed", "processes is not obeyed"},
		},
		{"the host, and a flag that wins", map[string]string{"locust.conf": "host = http://127.0.0.1:1\n"}, nil, nil, runs, nil},
		{"the log's level", map[string]string{"locust.conf": "loglevel = WARNING\n"}, nil, nil, runs, nil},
		{"a test that starts itself", map[string]string{"locust.conf": "autostart = true\n"}, nil, nil, refused, []string{"loadtest: locust.conf: autostart = true cannot be obeyed: " + drives}},
		{"a login", map[string]string{"pyproject.toml": "[tool.locust]\nweb-login = true\n"}, nil, nil, refused, []string{"pyproject.toml: web-login = true cannot be obeyed"}},
		{"a worker in place of the master", map[string]string{"locust.conf": "worker\n"}, nil, nil, refused, []string{"locust.conf: worker = true cannot be obeyed"}},
		{"no number", map[string]string{"locust.conf": "users = many\n"}, nil, nil, refused, []string{"argument -u/--users: invalid int value: 'many'"}},
		{"a slip of the pen", map[string]string{"locust.conf": "usres = 5\n"}, nil, nil, refused, []string{"unrecognized arguments: --usres=5 (did you mean '--users'?)"}},
		{"headless among the arguments", nil, nil, []string{"--", "--headless"}, refused, []string{"loadtest: --headless among the arguments for Locust cannot be obeyed"}},
		{"an argument that nobody knows", nil, nil, []string{"--", "--tenant=acme"}, refused, []string{"unrecognized arguments: --tenant=acme"}},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			t.Parallel()
			server := startTarget(t, target.Settings{})
			ports := replacer("WEB", freePort(t), "MASTER", freePort(t))
			files := map[string]string{"locustfile.py": health("")}
			for name, text := range test.files {
				files[name] = ports.Replace(text)
			}
			flags := []string{"--host=" + server.URL()}
			if test.reason != "what a shared file has for headless runs" {
				flags = append(flags, "--users=2", "--duration=2")
			}
			begun := time.Now()
			l := startLoadtestIn(t, files, test.env, append(flags, test.flags...)...)
			l.wantExit(t, test.code, time.Minute)
			if took := time.Since(begun); test.code == refused && took > 50*time.Second {
				t.Errorf("it took %s to refuse", took)
			}
			for _, text := range test.says {
				if err := l.wantOutput(ports.Replace(text)); err != nil {
					t.Error(err)
				}
			}
			if served := server.Served(); (served.Total > 0) != (test.code == runs) {
				t.Errorf("the target served %v", served.By)
			}
		})
	}
}

// TestLoadtestArguments hands on what Locust and the locustfile want to know.
func TestLoadtestArguments(t *testing.T) {
	t.Parallel()
	two := func(class, path string) string {
		return "from locust import HttpUser, constant, tag, task\n\nclass " + class + "(HttpUser):\n    wait_time = constant(0.1)\n\n" +
			"    @tag('get')\n    @task\n    def get(self):\n        self.client.get('" + path + "', timeout=10)\n\n" +
			"    @tag('put')\n    @task\n    def put(self):\n        self.client.put('" + path + "', timeout=10)\n"
	}
	atLoad := "import os, sys\nfrom locust import HttpUser, constant, events, task\n\n@events.init_command_line_parser.add_listener\ndef own(parser):\n" +
		"    parser.add_argument('--tenant', default='none')\n\nTENANT = []\n\n@events.init.add_listener\ndef keep(environment, **kwargs):\n" +
		"    TENANT.append(environment.parsed_options.tenant)\n\nclass L(HttpUser):\n    wait_time = constant(0.1)\n    @task\n    def t(self):\n" +
		"        self.client.get('/' + TENANT[0], timeout=10)\n"
	own := "from locust import HttpUser, constant, events, task\n\n@events.init_command_line_parser.add_listener\ndef own(parser):\n" +
		"    parser.add_argument('--tenant', default='none')\n\nclass T(HttpUser):\n    wait_time = constant(0.1)\n    @task\n    def t(self):\n" +
		"        self.client.get('/' + self.environment.parsed_options.tenant, timeout=10)\n"
	files := map[string]string{
		"a.py": two("A", "/a"), "tests/b.py": two("B", "/b"), "tests/deep/with space.py": two("C", "/c"), "tests/_part.py": "def f(:\n",
		"own.py": own, "load.py": atLoad, "locustfile.py": two("D", "/d"),
	}
	tests := []struct {
		reason string
		files  map[string]string // beside those
		flags  []string
		served []string
		not    []string
	}{
		{"several files", nil, []string{"-f", "a.py,tests/b.py"}, []string{"GET /a", "GET /b", "PUT /b"}, []string{"GET /c"}},
		{"a folder, and a space in a name", nil, []string{"-f", "tests"}, []string{"GET /b", "GET /c"}, []string{"GET /a"}},
		{"a folder and a file", nil, []string{"-f", "tests/deep,a.py"}, []string{"GET /a", "GET /c"}, []string{"GET /b"}},
		{"one class of two", nil, []string{"-f", "a.py,tests/b.py", "B"}, []string{"GET /b"}, []string{"GET /a"}},
		{"tags", nil, []string{"-f", "a.py", "--tags=get"}, []string{"GET /a"}, []string{"PUT /a"}},
		{"excluded tags", nil, []string{"-f", "a.py", "-E", "get,other"}, []string{"PUT /a"}, []string{"GET /a"}},
		{"tags of locust.conf", map[string]string{"locust.conf": "tags = [put]\n"}, []string{"-f", "a.py"}, []string{"PUT /a"}, []string{"GET /a"}},
		{"users' settings reach the workers", nil, []string{"-f", "a.py,tests/b.py", `--config-users={"user_class_name": "A", "fixed_count": 2}`, "--config-users", `{"user_class_name": "B", "tasks": ["put"]}`}, []string{"GET /a"}, []string{"GET /b", "PUT /b"}},
		{"the locustfile's own argument", nil, []string{"-f", "own.py", "--", "--tenant", "acme"}, []string{"GET /acme"}, []string{"GET /none"}},
		{"the locustfile's own argument, when the worker loads", nil, []string{"-f", "load.py", "--", "--tenant", "acme"}, []string{"GET /acme"}, []string{"GET /none"}},
		{"the same with Locust's own worker", nil, []string{"-f", "load.py", "--workers=0", "--python-workers=1", "--", "--tenant", "acme"}, []string{"GET /acme"}, []string{"GET /none"}},
		{"the locustfile's own argument in locust.conf", map[string]string{"locust.conf": "tenant = acme\n"}, []string{"-f", "own.py"}, []string{"GET /acme"}, []string{"GET /none"}},
		{"the locustfile of locust.conf", map[string]string{"locust.conf": "locustfile = tests/b.py\n"}, nil, []string{"GET /b"}, []string{"GET /d"}},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			t.Parallel()
			seen, url := seeRequests(t)
			all := map[string]string{}
			for _, some := range []map[string]string{files, test.files} {
				for name, text := range some {
					all[name] = text
				}
			}
			l := startLoadtestIn(t, all, nil, append([]string{"--host=" + url, "--users=2", "--duration=3"}, test.flags...)...)
			l.wantExit(t, exitcode.OK, time.Minute)
			for _, request := range test.served {
				if seen()[request] == 0 {
					t.Errorf("the server saw %v, want %s", seen(), request)
				}
			}
			for _, request := range test.not {
				if seen()[request] > 0 {
					t.Errorf("the server saw %v, want no %s", seen(), request)
				}
			}
		})
	}
}
