"""What of multiprocessing makes sense in one process: shared values, locks and queues. No process is started."""
import os
import queue as _queue
import struct as _struct
import threading as _threading

import _absent

__getattr__ = _absent.names(
    "multiprocessing",
    "Process Pool Pipe Manager BufferTooShort AuthenticationError get_context set_start_method set_executable set_forkserver_preload"
    " log_to_stderr allow_connection_pickling reducer",
)
RLock, Event, Condition = _threading.RLock, _threading.Event, _threading.Condition
Lock, Semaphore, BoundedSemaphore, Barrier = _threading.Lock, _threading.Semaphore, _threading.BoundedSemaphore, _threading.Barrier
_INTS = {"b": 8, "B": -8, "h": 16, "H": -16, "i": 32, "I": -32, "l": 64, "L": -64, "q": 64, "Q": -64}
_NAMES = {
    "b": "c_byte", "B": "c_ubyte", "h": "c_short", "H": "c_ushort", "i": "c_int", "I": "c_uint", "l": "c_long", "L": "c_ulong", "q": "c_long",
    "Q": "c_ulong", "f": "c_float", "d": "c_double", "c": "c_char", "u": "c_wchar",
}


class ProcessError(Exception):
    pass


class TimeoutError(ProcessError):
    pass


def _converted(code, value):
    """The value as C keeps it."""
    if code in _INTS:
        if not hasattr(value, "__index__"):
            raise TypeError(f"{type(value).__name__!r} object cannot be interpreted as an integer")
        bits = _INTS[code]
        value = int(value.__index__()) & ((1 << abs(bits)) - 1)
        return value - (1 << bits) if bits > 0 and value >> (bits - 1) else value
    if code in "fd":
        if not isinstance(value, (int, float)):
            raise TypeError(f"must be real number, not {type(value).__name__}")
        return _struct.unpack("f", _struct.pack("f", value))[0] if code == "f" else float(value)
    if code == "c":
        if not isinstance(value, (bytes, bytearray, int)) or not isinstance(value, int) and len(value) != 1:
            raise TypeError("one character bytes, bytearray or integer expected")
        return bytes([value]) if isinstance(value, int) else bytes(value)
    if not isinstance(value, str) or len(value) != 1:
        raise TypeError("unicode string expected instead of " + type(value).__name__ + " instance" if not isinstance(value, str) else "one character unicode string expected")
    return value


def _empty(code):
    return b"\0" if code == "c" else "\0" if code == "u" else 0


def _known(code):
    if code not in _NAMES:
        raise TypeError("this type has no size")
    return code


class _Raw:
    def __init__(self, code, value):
        self._code = code
        self.value = value

    @property
    def value(self):
        return self._value

    @value.setter
    def value(self, value):
        self._value = _converted(self._code, value)

    def __repr__(self):
        return f"{_NAMES[self._code]}({self._value!r})"


class _Locked:
    def __init__(self, obj, lock):
        self._obj, self._lock = obj, lock
        self.acquire, self.release = lock.acquire, lock.release

    def get_obj(self):
        return self._obj

    def get_lock(self):
        return self._lock

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *exc):
        return self._lock.__exit__(*exc)

    def __repr__(self):
        return f"<{type(self).__name__} wrapper for {self._obj!r}>"


class Synchronized(_Locked):
    @property
    def value(self):
        with self._lock:
            return self._obj.value

    @value.setter
    def value(self, value):
        with self._lock:
            self._obj.value = value


class _RawArray:
    def __init__(self, code, size_or_initializer):
        self._code = code
        if isinstance(size_or_initializer, int):
            if size_or_initializer < 0:
                raise ValueError("Array length must be >= 0")
            self._items = [_converted(code, _empty(code))] * size_or_initializer
        else:
            self._items = [_converted(code, x) for x in size_or_initializer]

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __getitem__(self, i):
        got = self._items[i]
        if isinstance(i, slice) and self._code in "cu":
            return (b"" if self._code == "c" else "").join(got)
        return got

    def __setitem__(self, i, value):
        if isinstance(i, slice):
            new = [_converted(self._code, x) for x in value]
            if len(new) != len(self._items[i]):
                raise ValueError("Can only assign sequence of same size")
            self._items[i] = new
        else:
            self._items[i] = _converted(self._code, value)

    @property
    def value(self):
        if self._code != "c":
            raise AttributeError(f"'{_NAMES[self._code]}_Array_{len(self)}' object has no attribute 'value'")
        return b"".join(self._items).split(b"\0")[0]

    def __repr__(self):
        return f"<multiprocessing.sharedctypes.{_NAMES[self._code]}_Array_{len(self)} object at {hex(id(self))}>"


class SynchronizedArray(_Locked):
    def __len__(self):
        return len(self._obj)

    def __getitem__(self, i):
        with self._lock:
            return self._obj[i]

    def __setitem__(self, i, value):
        with self._lock:
            self._obj[i] = value

    @property
    def value(self):
        return self._obj.value


def RawValue(typecode_or_type, *args):
    return _Raw(_known(typecode_or_type), *args or (_empty(typecode_or_type),))


def RawArray(typecode_or_type, size_or_initializer):
    return _RawArray(_known(typecode_or_type), size_or_initializer)


def _locked(kind, obj, lock):
    if lock is False:
        return obj
    if lock in (True, None):
        lock = RLock()
    if not hasattr(lock, "acquire"):
        raise AttributeError(f"{lock!r} has no method 'acquire'")
    return kind(obj, lock)


def Value(typecode_or_type, *args, lock=True):
    return _locked(Synchronized, RawValue(typecode_or_type, *args), lock)


def Array(typecode_or_type, size_or_initializer, *, lock=True):
    return _locked(SynchronizedArray, RawArray(typecode_or_type, size_or_initializer), lock)


class _Closable:
    def close(self):
        pass

    join_thread = cancel_join_thread = close


class JoinableQueue(_Closable, _queue.Queue):
    pass


class Queue(_Closable, _queue.Queue):
    pass


class SimpleQueue(_queue.SimpleQueue):
    def close(self):
        pass


def cpu_count():
    return os.cpu_count() or 1


class _MainProcess:
    name, daemon, exitcode, authkey, sentinel = "MainProcess", False, None, b"", None

    @property
    def pid(self):
        return os.getpid()

    ident = pid

    def is_alive(self):
        return True

    def __repr__(self):
        return "<_MainProcess name='MainProcess' parent=None started>"


_current = _MainProcess()


def current_process():
    return _current


def parent_process():
    return None


def active_children():
    return []


def freeze_support():
    pass


def get_start_method(allow_none=False):
    return "fork"


def get_all_start_methods():
    return ["fork", "spawn", "forkserver"]


def get_logger():
    import logging

    return logging.getLogger("multiprocessing")
