package locustfile

import "gregaria/worker/internal/python"

// look finds out what the file listens to and whether Locust's statistics are as they came. It is asked after whatever a file
// mostly changes these in: its body, listeners, the birth of a user. A request of an HTTP session asks for the classes alone, one
// that is fired by hand for everything.
func (f *File) look(t *python.Thread) {
	if f.environment == nil { // it is being loaded
		return
	}
	h := f.hook(t, "report_to_master")
	f.says.Store(h == nil || !h.stock() || !f.stockReport(h))
	f.hears.Store(f.listens(t, "heartbeat_received"))
	f.watches.Store(f.listens(t, "usage_monitor") || f.listens(t, "cpu_warning"))
	f.plainStats = f.pristine.same(t, f)
}

func (f *File) listens(t *python.Thread, event string) bool {
	h := f.hook(t, event)
	return h == nil || !h.stock() || len(h.handlers.Items()) > 0
}

// pristine is what Locust's statistics are before a file has changed anything: the classes with their versions, and the
// function that a file may put its own in place of.
type pristine struct {
	classes  []*python.Type
	versions []uint32
	attrs    *python.Dict // of locust.stats
	bucket   python.Value
}

// remember notes how the statistics are now.
func (p *pristine) remember(t *python.Thread) {
	p.attrs = must(t.Import("locust.stats")).Attrs()
	for _, name := range []string{"RequestStats", "StatsEntry", "StatsError", "EntriesDict"} {
		cls := p.attrs.GetStr(name).(*python.Type)
		p.classes, p.versions = append(p.classes, cls), append(p.versions, cls.Version())
	}
	p.bucket = p.attrs.GetStr("bucket_response_time")
}

// classesSame says whether nobody has changed the classes. It costs some nanoseconds.
func (p *pristine) classesSame() bool {
	for i, cls := range p.classes {
		if cls.Version() != p.versions[i] {
			return false
		}
	}
	return true
}

// same says whether requests may be counted in Go: no one would notice.
func (p *pristine) same(t *python.Thread, f *File) bool {
	if !p.classesSame() || p.attrs.GetStr("bucket_response_time") != p.bucket {
		return false
	}
	now, err := f.sites.stats.Get(t, f.environment)
	if err != nil || now != f.stats {
		return false
	}
	own := f.stats.(*python.Instance).Attrs()
	return own.GetStr("log_request") == nil && own.GetStr("log_error") == nil
}
