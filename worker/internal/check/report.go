package check

import (
	"fmt"
	"strings"
)

// remedy is what helps against anything that only CPython can run.
const remedy = "run this file on a Python worker (locust -f FILE --worker), which can serve the same master"

// Elsewhere says whether a Python worker could run what this one cannot. What fails under any worker has no such remedy.
func (f Finding) Elsewhere() bool { return !f.Warning && strings.HasSuffix(f.Text, remedy) }

// remedyFor returns the remedy as the end of a text about syntax, if CPython could run it.
func remedyFor(text string) string {
	if strings.HasSuffix(text, "not supported") {
		return "; " + remedy
	}
	return ""
}

// lacksf reports what CPython, Locust or requests have and this worker has not.
func (c *checker) lacksf(p *place, line int32, format string, args ...any) {
	c.report(p, line, Finding{Text: fmt.Sprintf(format, args...) + "; " + remedy})
}

// failsf reports what raises under any worker, if it is ever reached.
func (c *checker) failsf(p *place, line int32, format string, args ...any) {
	c.report(p, line, Finding{Text: fmt.Sprintf(format, args...)})
}

// warnf reports what hurts under any worker.
func (c *checker) warnf(p *place, line int32, format string, args ...any) {
	c.report(p, line, Finding{Text: fmt.Sprintf(format, args...), Warning: true})
}

// raises reports what fails under any worker: an error where Locust could not even import the file.
func (c *checker) raises(p *place) func(p *place, line int32, format string, args ...any) {
	if p.certain() {
		return c.failsf
	}
	return c.warnf
}

// report adds a finding, unless a worker never runs the place. Where it runs nothing that matters, an error is only a warning.
func (c *checker) report(p *place, line int32, f Finding) {
	if p.never || c.inShape(p) {
		return
	}
	f.File, f.Line = p.file.path, max(int(line), 1)
	if why := c.cold(p); why != "" && !f.Warning {
		f.Warning = true
		f.Text += " (" + why + ")"
	}
	c.out = append(c.out, f)
}
