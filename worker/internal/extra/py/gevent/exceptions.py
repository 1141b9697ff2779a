class LoopExit(Exception):
    pass


class BlockingSwitchOutError(AssertionError):
    pass


class ConcurrentObjectUseError(AssertionError):
    pass


class InvalidThreadUseError(RuntimeError):
    pass
