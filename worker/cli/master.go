package cli

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"sync"
	"time"

	"gregaria/internal/build"
	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/program"
	"gregaria/worker/internal/zmq"
)

// fetch waits for the master and asks it for its locustfile, as long as registering would try.
func (o options) fetch(ctx context.Context, host string, log *slog.Logger) ([]locust.File, error) {
	id := program.NodeID(host + "_download_locustfile")
	conn, err := zmq.Dial(o.MasterHost, o.MasterPort, id)
	if err != nil {
		return nil, fmt.Errorf("%w: check --master-host and --master-port", err)
	}
	defer conn.Close(0)
	log.Info("Asking the master at " + o.master() + " for its locustfile")
	defer o.sayWaiting(log)()
	limit := time.Duration(o.ConnectRetryCount) * o.ConnectTimeout.duration()
	files, err := locust.Fetch(ctx, conn, id, build.Locust, limit)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		log.Info(fmt.Sprintf("The master has %s, %d bytes", f.Name, len(f.Contents)))
	}
	return files, nil
}

// waitingAfter is how long the master may take to send its locustfile before the log says why nothing happens, and how
// long it is until the log says so again.
const waitingAfter, waitingAgain = 10 * time.Second, time.Minute

// sayWaiting tells that the worker waits, until stop is called (locust.argument_parser.download_locustfile_from_master).
func (o options) sayWaiting(log *slog.Logger) (stop func()) {
	done := make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		for after := waitingAfter; ; after = waitingAgain {
			select {
			case <-time.After(after):
				log.Info(fmt.Sprintf("Waiting for the locustfile of the master at %s. %s A Locust up to 2.23 does not send it: "+
					"give the file with -f then", o.master(), program.Diagnose(o.MasterHost, o.MasterPort)))
			case <-done:
				return
			}
		}
	})
	return func() {
		close(done)
		all.Wait()
	}
}

func (o options) master() string { return net.JoinHostPort(o.MasterHost, strconv.Itoa(o.MasterPort)) }
