package run

import (
	"context"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/sync/errgroup"

	"gregaria/loadtest/internal/check"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/plan"
	"gregaria/loadtest/internal/process"
	"gregaria/loadtest/internal/results"
)

// programs are the paths of what a run starts.
type programs struct {
	locust, worker, monitor, target string
}

// check sees that the run can work, before anything is started.
func (r *Run) check(ctx context.Context) error {
	if err := r.findPrograms(); err != nil {
		return err
	}
	r.plan.Locustfile = r.findLocustfile()
	// Both start a Python, so they share their half second.
	group, groupCtx := errgroup.WithContext(ctx)
	if r.programs.locust != "" {
		group.Go(func() (err error) {
			r.tab.version, err = check.LocustVersion(groupCtx, r.programs.locust)
			return err
		})
		if !r.plan.OfMaster() {
			group.Go(func() error { return check.Locustfile(groupCtx, r.plan.Locustfile, r.programs.locust) })
		}
	}
	var unable error
	group.Go(func() error {
		unable = r.checkWorkers(groupCtx) // beside the others: what Python cannot load either is said by Python
		return nil
	})
	if err := group.Wait(); err != nil {
		return err
	}
	if err := r.orInPython(unable); err != nil {
		return err
	}
	if err := r.hashLocustfile(); err != nil {
		return err
	}
	if err := check.OutputDir(r.plan.OutputDir); err != nil {
		return err
	}
	if err := r.checkCopies(); err != nil {
		return err
	}
	if err := r.choosePorts(); err != nil {
		return err
	}
	if err := r.reachMonitors(ctx); err != nil {
		return err
	}
	if err := r.checkSeries(ctx); err != nil {
		return err
	}
	if r.plan.Host == "" { // a demo's comes yet; tests of another's master say theirs
		return nil
	}
	port, err := check.Host(ctx, r.plan.Host)
	r.watched.here = port
	return err
}

// checkWorkers sees that our workers can run the file.
func (r *Run) checkWorkers(ctx context.Context) error {
	switch {
	case r.plan.Workers == 0 || r.plan.OfMaster():
		return nil
	case r.plan.Compiled:
		return check.Options(ctx, r.programs.worker, r.measured()...)
	}
	return check.Runs(ctx, r.programs.worker, r.plan.Locustfile, slices.Concat(r.plan.LocustUndo, r.measured())...)
}

// hashLocustfile takes what is to be loaded, where anybody loads it.
func (r *Run) hashLocustfile() error {
	if r.plan.Workers+r.plan.PythonWorkers == 0 || r.plan.OfMaster() {
		return nil
	}
	files, err := check.Locustfiles(r.plan.Locustfile)
	r.locustfile = hashOf(files)
	return err
}

// findPrograms looks up the programs that this run needs.
func (r *Run) findPrograms() (err error) {
	// Workers in Go that join another's master need no Locust here, but a locustfile that they cannot run does.
	needless := r.plan.Joins() && r.plan.PythonWorkers == 0 && r.plan.Locust == ""
	if r.programs.locust, err = check.Locust(r.plan.Locust, r.binDir); err != nil && !needless {
		return err
	}
	if r.plan.Joins() && r.plan.Workers+r.plan.PythonWorkers == 0 {
		r.programs.locust = ""
	}
	if r.programs.monitor, err = check.Program(r.binDir, "monitor"); err != nil {
		return err
	}
	if r.plan.Workers > 0 {
		if r.programs.worker, err = check.Program(r.binDir, "worker"); err != nil {
			return err
		}
	}
	if r.plan.Demo {
		r.programs.target, err = check.Program(r.binDir, "target")
	}
	return err
}

// findLocustfile returns the locustfile to load: where the user named none and has none here, that of this checkout, whose
// bin directory has loadtest in it.
func (r *Run) findLocustfile() string {
	if _, err := os.Stat(r.plan.Locustfile); err == nil || r.plan.Locustfile != plan.DefaultLocustfile {
		return r.plan.Locustfile
	}
	ours := filepath.Join(filepath.Dir(r.binDir), plan.DefaultLocustfile)
	if _, err := os.Stat(ours); err != nil {
		return r.plan.Locustfile
	}
	return ours
}

// openLog claims the names of the results and makes ready for children.
func (r *Run) openLog(ctx context.Context) (err error) {
	r.files, r.logFile, err = results.Reserve(ctx, r.plan.OutputDir)
	if err != nil {
		return fault.New(fault.Output, "open the log: %w; choose another --output-dir", err)
	}
	if len(r.plan.Scrape) == 0 {
		r.files.Service = ""
	}
	if r.plan.RequestLog != "" {
		r.files.Requests = r.files.RequestsAs(r.plan.RequestLog)
	}
	r.session.log.session = r.logFile
	r.log = process.NewLog(r.secret.Writer(&r.session.log), func(err error) {
		r.fail(fault.New(fault.Output, "write the log: %w; make room or choose another --output-dir", err))
	})
	r.group = process.NewGroup(r.log, r.died)
	return nil
}

// closeLog is the last of the undoing: no child is left.
func (r *Run) closeLog(context.Context) error {
	if r.group == nil {
		return nil
	}
	r.group.Close()
	r.writeFacts()
	if err := r.logFile.Close(); err != nil {
		return fault.New(fault.Output, "close the log: %w", err)
	}
	return nil
}
