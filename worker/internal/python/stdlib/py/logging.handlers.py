import logging
import os
import time
from logging import FileHandler, Handler, StreamHandler

DEFAULT_TCP_LOGGING_PORT, DEFAULT_UDP_LOGGING_PORT, SYSLOG_UDP_PORT = 9020, 9021, 514


class BaseRotatingHandler(FileHandler):
    namer = rotator = None

    def emit(self, record):
        if self.shouldRollover(record):
            self.doRollover()
        super().emit(record)
        self.stream.flush()

    def rotation_filename(self, default_name):
        return self.namer(default_name) if callable(self.namer) else default_name

    def rotate(self, source, dest):
        if callable(self.rotator):
            self.rotator(source, dest)
        elif os.path.exists(source):
            os.rename(source, dest)

    def _reopen(self):
        self.stream = open(self.baseFilename, "a", encoding=self.encoding)


class RotatingFileHandler(BaseRotatingHandler):
    def __init__(self, filename, mode="a", maxBytes=0, backupCount=0, encoding=None, delay=False, errors=None):
        super().__init__(filename, "a" if maxBytes > 0 else mode, encoding=encoding)
        self.maxBytes, self.backupCount, self.encoding = maxBytes, backupCount, encoding

    def shouldRollover(self, record):
        if self.maxBytes <= 0:
            return False
        self.stream.flush()
        size = os.path.getsize(self.baseFilename)
        return size > 0 and size + len((self.format(record) + "\n").encode()) >= self.maxBytes

    def doRollover(self):
        self.stream.close()
        if self.backupCount > 0:
            for i in range(self.backupCount - 1, 0, -1):
                source, dest = (self.rotation_filename(f"{self.baseFilename}.{n}") for n in (i, i + 1))
                if os.path.exists(source):
                    os.rename(source, dest)
            self.rotate(self.baseFilename, self.rotation_filename(self.baseFilename + ".1"))
        self._reopen()


class TimedRotatingFileHandler(BaseRotatingHandler):
    def __init__(self, filename, when="h", interval=1, backupCount=0, encoding=None, delay=False, utc=False, atTime=None, errors=None):
        super().__init__(filename, "a", encoding=encoding)
        when = when.upper()
        seconds = {"S": 1, "M": 60, "H": 3600, "D": 86400, "MIDNIGHT": 86400}.get(when, 604800)
        self.suffix = {"S": "%Y-%m-%d_%H-%M-%S", "M": "%Y-%m-%d_%H-%M", "H": "%Y-%m-%d_%H"}.get(when, "%Y-%m-%d")
        self.when, self.interval, self.backupCount, self.encoding = when, seconds * interval, backupCount, encoding
        self.rolloverAt = time.time() + self.interval

    def shouldRollover(self, record):
        return time.time() >= self.rolloverAt

    def doRollover(self):
        self.stream.close()
        dest = self.rotation_filename(self.baseFilename + "." + time.strftime(self.suffix, time.localtime(self.rolloverAt - self.interval)))
        self.rotate(self.baseFilename, dest)
        folder, base = os.path.split(self.baseFilename)
        old = sorted(n for n in os.listdir(folder or ".") if n.startswith(base + "."))
        for name in old[:-self.backupCount] if self.backupCount > 0 else []:
            os.remove(os.path.join(folder, name))
        self._reopen()
        self.rolloverAt = time.time() + self.interval


class WatchedFileHandler(FileHandler):
    pass


class BufferingHandler(Handler):
    def __init__(self, capacity):
        super().__init__()
        self.capacity, self.buffer = capacity, []

    def shouldFlush(self, record):
        return len(self.buffer) >= self.capacity

    def emit(self, record):
        self.buffer.append(record)
        if self.shouldFlush(record):
            self.flush()

    def flush(self):
        self.buffer.clear()

    def close(self):
        self.flush()


class MemoryHandler(BufferingHandler):
    def __init__(self, capacity, flushLevel=logging.ERROR, target=None, flushOnClose=True):
        super().__init__(capacity)
        self.flushLevel, self.target, self.flushOnClose = flushLevel, target, flushOnClose

    def shouldFlush(self, record):
        return len(self.buffer) >= self.capacity or record.levelno >= self.flushLevel

    def setTarget(self, target):
        self.target = target

    def flush(self):
        if self.target:
            for record in self.buffer:
                self.target.handle(record)
            self.buffer.clear()


class QueueHandler(Handler):
    def __init__(self, queue):
        super().__init__()
        self.queue = queue

    def prepare(self, record):
        record.message = self.format(record)
        record.msg, record.args, record.exc_info = record.message, None, None
        return record

    def enqueue(self, record):
        self.queue.put_nowait(record)

    def emit(self, record):
        self.enqueue(self.prepare(record))


class QueueListener:
    def __init__(self, queue, *handlers, respect_handler_level=False):
        self.queue, self.handlers, self._respect, self._thread = queue, handlers, respect_handler_level, None

    def start(self):
        import threading
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        while True:
            record = self.queue.get()
            if record is None:
                return
            self.handle(record)

    def handle(self, record):
        for h in self.handlers:
            if not self._respect or record.levelno >= h.level:
                h.handle(record)

    def stop(self):
        self.queue.put_nowait(None)
        self._thread.join()
        self._thread = None
