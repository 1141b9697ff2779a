from gevent.pool import Pool


class ThreadPool(Pool):
    def __init__(self, maxsize, hub=None):
        super().__init__(maxsize)
