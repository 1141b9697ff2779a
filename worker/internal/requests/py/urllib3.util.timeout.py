"""Timeouts as an object."""


class Timeout:
    def __init__(self, total=None, connect=None, read=None):
        self.total = total
        self.connect_timeout = connect if connect is not None else total
        self.read_timeout = read if read is not None else total
