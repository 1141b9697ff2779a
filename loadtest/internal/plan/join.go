package plan

import (
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gregaria/internal/mask"
	"gregaria/loadtest/internal/fault"
)

// Joins says that workers and monitor join a master that somebody else has started (--master).
func (p Plan) Joins() bool { return p.MasterHost != "" }

// OfMaster says that workers take the locustfile of the master that they join: -f -, as of Locust's.
func (p Plan) OfMaster() bool { return p.Joins() && p.Locustfile == "-" }

// checkMaster refuses beside --master what is for that master to say, or for whoever starts its tests.
func (s Settings) checkMaster() error {
	if s.Master == "" {
		if s.MasterWeb != "" {
			return fault.New(fault.Usage, "--master-web is where the web UI of --master is: say with --master=HOST which master")
		}
		return nil
	}
	if _, _, err := s.masterAddress(); err != nil {
		return err
	}
	if _, err := s.masterWeb(); err != nil {
		return err
	}
	for _, own := range []struct {
		given     bool
		flag, who string
	}{
		{s.Demo, "--demo", "starts an API and a master of its own"},
		{len(s.Steps) > 0, "--steps", "is climbed by loadtest, which starts no test of that master"},
		{orDefault(s.Repeat, DefaultRepeat) > 1, "--repeat", "runs a test several times, and loadtest starts no test of that master"},
		{s.Users != nil, "--users", "is said where the test is started: in the form of that master's web UI, or on its command line"},
		{s.SpawnRate != nil, "--spawn-rate", "is said where the test is started: in the form of that master's web UI, or on its command line"},
		{s.Duration != nil, "--duration", "is said where the test is started: in the form of that master's web UI, or on its command line"},
		{s.Rate != nil, "--rate", "is said where the test is started: in the form of that master's web UI, or on its command line, where it has the plug-in (loadtest plugin)"},
		{s.StopTimeout != nil, "--stop-timeout", "is an option of that master's"},
		{len(s.ConfigUsers) > 0, "--config-users", "is an option of that master's, and configures the users of all who use it"},
		{len(s.Classes) > 0, "a user class", "is chosen there: in the form of that master's web UI, or on its command line"},
		{s.tagged(), "--tags or --exclude-tags", "is an option of that master's, which tells its workers"},
		{!s.FullHistory, "--no-full-history", "is of a history that loadtest's own master writes"},
		{s.HTML != "", "--html", "names the file of one test, and that master may have several: all results are in --output-dir"},
		{s.CSV != "", "--csv", "names the files of one test, and that master may have several: all results are in --output-dir"},
	} {
		if own.given {
			return fault.New(fault.Usage, "%s %s: leave it out beside --master", own.flag, own.who)
		}
	}
	return nil
}

// tagged reports whether Locust's arguments choose tasks by their tags.
func (s Settings) tagged() bool {
	return slices.ContainsFunc(s.LocustArgs, func(arg string) bool {
		name, _, _ := strings.Cut(arg, "=")
		return slices.Contains([]string{"--tags", "-T", "--exclude-tags", "-E"}, name)
	})
}

// masterAddress reads --master: HOST, HOST:PORT, or [IPv6]:PORT.
func (s Settings) masterAddress() (host string, port int, err error) {
	refusal := func(why string) error {
		return fault.New(fault.Usage, "--master %q %s: write it like locust.example.com or locust.example.com:5557", mask.URL(s.Master), why)
	}
	if strings.Contains(s.Master, "://") {
		return "", 0, refusal("is a URL (that of the web UI is --master-web)")
	}
	host, port = strings.Trim(s.Master, "[]"), orDefault(s.MasterPort, DefaultMasterPort)
	if name, number, bad := net.SplitHostPort(s.Master); bad == nil {
		if s.MasterPort != nil {
			return "", 0, fault.New(fault.Usage, "--master %s and --master-port %d both name a port: leave one of them out", s.Master, *s.MasterPort)
		}
		host = name
		if port, bad = strconv.Atoi(number); bad != nil || port < 1 || port > 65535 {
			return "", 0, refusal("has no port from 1 to 65535 after its colon")
		}
	}
	if host == "" || strings.ContainsAny(host, "/ @?#") || strings.Contains(host, ":") && net.ParseIP(host) == nil {
		return "", 0, refusal("is no name of a host")
	}
	return host, port, nil
}

// masterWeb is the address of the web UI of --master.
func (s Settings) masterWeb() (string, error) {
	if s.MasterWeb == "" {
		host, _, err := s.masterAddress()
		port := strconv.Itoa(orDefault(s.WebPort, DefaultWebPort))
		return "http://" + net.JoinHostPort(host, port) + strings.TrimRight(s.WebBasePath, "/"), err
	}
	if s.WebPort != nil {
		return "", fault.New(fault.Usage, "--master-web %s and --web-port %d both say where the web UI is: leave one of them out", mask.URL(s.MasterWeb), *s.WebPort)
	}
	parsed, err := url.Parse(s.MasterWeb)
	if err != nil || (parsed.Scheme != "http" && parsed.Scheme != "https") || parsed.Hostname() == "" || parsed.RawQuery != "" || parsed.Fragment != "" {
		return "", fault.New(fault.Usage, "--master-web %q is not an absolute http(s) URL: write it like http://locust.example.com:8089", mask.URL(s.MasterWeb))
	}
	return strings.TrimRight(s.MasterWeb, "/"), nil
}

// join puts --master into the plan; it is checked already. Its tests are started by others, as those of --ui are.
func (p *Plan) join(s Settings) {
	if s.Master == "" {
		return
	}
	p.MasterHost, p.MasterPort, _ = s.masterAddress()
	p.MasterWeb, _ = s.masterWeb()
	p.UI, p.Duration, p.Users, p.SpawnRate = true, 0, 0, 0
}
