# The first thing that runs in a copy of a locustfile: the log goes where the worker's goes, as locust.log.setup_logging arranges it.
import logging

import locust._worker as _worker


class _WorkerHandler(logging.Handler):
    def emit(self, record):
        _worker.log(record.levelno, record.name, self.format(record))


if not _worker.given_options().get("skip_log_setup"):
    logging.root.addHandler(_WorkerHandler())
    logging.root.setLevel(_worker.level())
