package plan_test

import (
	"strings"
	"testing"

	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/plan"
)

// joining are the settings of a user who joins a master.
func joining(change func(*plan.Settings)) plan.Settings {
	return settings(func(s *plan.Settings) {
		s.Users, s.SpawnRate, s.Duration, s.StopTimeout, s.MasterPort, s.WebPort = nil, nil, nil, nil, nil, nil
		s.Master, s.FullHistory = "locust.example.com", true
		change(s)
	})
}

func TestMaster(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		change func(*plan.Settings)
		host   string
		port   int
		web    string
	}{
		{func(*plan.Settings) {}, "locust.example.com", 5557, "http://locust.example.com:8089"},
		{func(s *plan.Settings) { s.Master = "locust:6000" }, "locust", 6000, "http://locust:8089"},
		{func(s *plan.Settings) { s.MasterPort, s.WebPort = new(6000), new(90) }, "locust.example.com", 6000, "http://locust.example.com:90"},
		{func(s *plan.Settings) { s.Master = "[::1]:6000" }, "::1", 6000, "http://[::1]:8089"},
		{func(s *plan.Settings) { s.Master = "::1" }, "::1", 5557, "http://[::1]:8089"},
		{func(s *plan.Settings) { s.MasterWeb = "https://me:secret@web.example.com/locust/" }, "locust.example.com", 5557, "https://me:secret@web.example.com/locust"},
		{func(s *plan.Settings) { s.WebBasePath = "/locust/" }, "locust.example.com", 5557, "http://locust.example.com:8089/locust"},
		{func(s *plan.Settings) { s.Host, s.Workers = "", "0" }, "locust.example.com", 5557, "http://locust.example.com:8089"},
	} {
		p, err := plan.New(joining(c.change))
		if err != nil || p.MasterHost != c.host || p.MasterPort != c.port || p.MasterWeb != c.web || !p.Joins() || !p.UI || p.Duration != 0 {
			t.Errorf("New() = %s, %d, %s, joins: %v, %v; want %s, %d, %s", p.MasterHost, p.MasterPort, p.MasterWeb, p.Joins(), err, c.host, c.port, c.web)
		}
		if shown := p.Secret().Text(p.MasterWeb); strings.Contains(shown, "secret") {
			t.Errorf("the password of the web UI is shown: %s", shown)
		}
	}
}

func TestMasterRefused(t *testing.T) {
	t.Parallel()
	for says, change := range map[string]func(*plan.Settings){
		`--master "http://locust:8089" is a URL (that of the web UI is --master-web)`: func(s *plan.Settings) { s.Master = "http://locust:8089" },
		`--master "locust:x" has no port`:                                             func(s *plan.Settings) { s.Master = "locust:x" },
		`--master "locust:70000" has no port`:                                         func(s *plan.Settings) { s.Master = "locust:70000" },
		`--master ":5557" is no name of a host`:                                       func(s *plan.Settings) { s.Master = ":5557" },
		`--master "a/b" is no name of a host`:                                         func(s *plan.Settings) { s.Master = "a/b" },
		"--master locust:1 and --master-port 2 both":                                  func(s *plan.Settings) { s.Master, s.MasterPort = "locust:1", new(2) },
		"and --web-port 2 both say where the web UI is":                               func(s *plan.Settings) { s.MasterWeb, s.WebPort = "http://locust", new(2) },
		`--master-web "locust:8089" is not an absolute`:                               func(s *plan.Settings) { s.MasterWeb = "locust:8089" },
		"--master-web is where the web UI of --master is":                             func(s *plan.Settings) { s.Master, s.MasterWeb = "", "http://locust:8089" },
		"--demo starts an API and a master of its own":                                func(s *plan.Settings) { s.Host, s.Demo = "", true },
		"--users is said where the test is started":                                   func(s *plan.Settings) { s.Users = new(5) },
		"--spawn-rate is said where the test is started":                              func(s *plan.Settings) { s.SpawnRate = new(5.0) },
		"--duration is said where the test is started":                                func(s *plan.Settings) { s.Duration = new(5.0) },
		"--rate is said where the test is started":                                    func(s *plan.Settings) { s.Rate = new(5.0) },
		"--steps is climbed by loadtest":                                              func(s *plan.Settings) { s.Steps = []int{1, 2} },
		"--repeat runs a test several times":                                          func(s *plan.Settings) { s.Repeat = new(2) },
		"--stop-timeout is an option of that master's":                                func(s *plan.Settings) { s.StopTimeout = new(2.0) },
		"--config-users is an option of that master's":                                func(s *plan.Settings) { s.ConfigUsers = []string{"{}"} },
		"a user class is chosen there":                                                func(s *plan.Settings) { s.Classes = []string{"ShopUser"} },
		"--tags or --exclude-tags is an option":                                       func(s *plan.Settings) { s.LocustArgs = []string{"--exclude-tags", "slow"} },
		"--no-full-history is of a history":                                           func(s *plan.Settings) { s.FullHistory = false },
		"--html names the file of one test":                                           func(s *plan.Settings) { s.HTML = "x.html" },
		"--csv names the files of one test":                                           func(s *plan.Settings) { s.CSV = "x" },
	} {
		_, err := plan.New(joining(change))
		if err == nil || !strings.Contains(err.Error(), says) || fault.KindOf(err, 0) != fault.Usage {
			t.Errorf("New() = %v, want a line that says %q", err, says)
		}
	}
}
