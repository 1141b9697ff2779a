# The worker sets up its log by itself (locust/log.py).
unhandled_greenlet_exception = False


def setup_logging(loglevel, logfile=None):
    pass


def get_logs():
    return []


def greenlet_exception_logger(logger, level=50):
    return lambda greenlet: logger.log(level, "Unhandled exception in greenlet: %s", greenlet)
