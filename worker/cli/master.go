package cli

import (
	"context"
	"fmt"
	"log/slog"
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
