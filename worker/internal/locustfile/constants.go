package locustfile

import (
	"os"
	"time"

	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/python"
)

// Constants takes what the locustfile has assigned to the constants of locust.runners, unless an environment variable of
// the worker says otherwise: a file that sets locust.runners.HEARTBEAT_INTERVAL means it.
func (f *File) Constants(c *locust.Config) {
	_ = f.main.Do(func() error {
		m, err := f.main.Import("locust.runners")
		if err != nil {
			return err
		}
		for _, k := range []struct {
			name, env string
			to        *time.Duration
		}{
			{"HEARTBEAT_INTERVAL", "GREGARIA_HEARTBEAT_INTERVAL", &c.Heartbeat},
			{"WORKER_REPORT_INTERVAL", "GREGARIA_REPORT_INTERVAL", &c.Report},
			{"WORKER_LOG_REPORT_INTERVAL", "GREGARIA_LOG_REPORT_INTERVAL", &c.LogReport},
			{"MASTER_HEARTBEAT_TIMEOUT", "GREGARIA_MASTER_HEARTBEAT_TIMEOUT", &c.MasterTimeout},
			{"CONNECT_TIMEOUT", "GREGARIA_CONNECT_TIMEOUT", &c.ConnectTimeout},
		} {
			if v, ok := python.AsFloat(orNone(m.Attrs().GetStr(k.name))); ok && os.Getenv(k.env) == "" && (v > 0 || k.to == &c.LogReport) {
				*k.to = time.Duration(v * float64(time.Second))
			}
		}
		if n, ok := python.AsInt(orNone(m.Attrs().GetStr("CONNECT_RETRY_COUNT"))); ok && os.Getenv("GREGARIA_CONNECT_RETRY_COUNT") == "" && n >= 0 {
			c.ConnectRetries = int(n)
		}
		return nil
	})
}
