import threading


class Semaphore(threading.Semaphore):
    def __init__(self, value=1, hub=None):
        super().__init__(value)
        self._links = []
        self._released = threading.Condition()  # for those who wait and take nothing: a release wakes them all

    @property
    def counter(self):
        return self._value

    def locked(self):
        return self._value <= 0

    def release(self):
        super().release()
        with self._released:
            self._released.notify_all()
        links, self._links = self._links, []
        for callback in links:
            callback(self)
        return self._value

    def ready(self):
        return self._value > 0

    def wait(self, timeout=None):
        with self._released:
            self._released.wait_for(lambda: self._value > 0, timeout)
            return self._value

    def rawlink(self, callback):
        callback(self) if self._value > 0 else self._links.append(callback)

    def unlink(self, callback):
        if callback in self._links:
            self._links.remove(callback)


class BoundedSemaphore(Semaphore):
    _OVER_RELEASE_ERROR = ValueError

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._initial_value = self._value

    def release(self):
        if self._value >= self._initial_value:
            raise self._OVER_RELEASE_ERROR("Semaphore released too many times")
        return super().release()


class DummySemaphore:
    def __init__(self, value=None):
        pass

    def acquire(self, blocking=True, timeout=None):
        return True

    def release(self):
        pass

    def locked(self):
        return False

    def __enter__(self):
        pass

    def __exit__(self, *exc):
        pass


RLock = threading.RLock
