"""Processes: whoever waits for one lets others run, and stops waiting when its user stops."""
import os
import time

import _extra_process as _go

PIPE, STDOUT, DEVNULL = -1, -2, -3
_INHERIT = -100


class SubprocessError(Exception):
    pass


class CalledProcessError(SubprocessError):
    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.returncode, self.cmd, self.output, self.stderr = returncode, cmd, output, stderr

    def __str__(self):
        if self.returncode and self.returncode < 0:
            import signal
            try:
                return f"Command '{self.cmd}' died with {signal.Signals(-self.returncode)!r}."
            except ValueError:
                return f"Command '{self.cmd}' died with unknown signal {-self.returncode}."
        return f"Command '{self.cmd}' returned non-zero exit status {self.returncode}."

    @property
    def stdout(self):
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


class TimeoutExpired(SubprocessError):
    def __init__(self, cmd, timeout, output=None, stderr=None):
        self.cmd, self.timeout, self.output, self.stderr = cmd, timeout, output, stderr

    def __str__(self):
        return f"Command '{self.cmd}' timed out after {self.timeout} seconds"

    @property
    def stdout(self):
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


class CompletedProcess:
    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args, self.returncode, self.stdout, self.stderr = args, returncode, stdout, stderr

    def __repr__(self):
        parts = [f"args={self.args!r}", f"returncode={self.returncode!r}"]
        if self.stdout is not None:
            parts.append(f"stdout={self.stdout!r}")
        if self.stderr is not None:
            parts.append(f"stderr={self.stderr!r}")
        return f"CompletedProcess({', '.join(parts)})"

    def __class_getitem__(cls, item):
        return cls

    def check_returncode(self):
        if self.returncode:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)


class _Pipe:
    """This end of a pipe: of bytes, or of text."""

    def __init__(self, pipe, text, encoding, errors, name):
        self._pipe, self._text, self.encoding, self.errors, self.closed, self.name = pipe, text, encoding or "utf-8", errors or "strict", False, name

    def _shown(self, data):
        return data.decode(self.encoding, self.errors).replace("\r\n", "\n").replace("\r", "\n") if self._text else data

    def _check(self):
        if self.closed:
            raise ValueError("I/O operation on closed file" if self._text else "read of closed file")

    def read(self, size=-1, /):
        self._check()
        return self._shown(_go.read(self._pipe, -1 if size is None else size, None))

    def readline(self, size=-1, /):
        self._check()
        return self._shown(_go.readline(self._pipe))

    def readlines(self, hint=-1, /):
        return list(self)

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def write(self, data, /):
        if self.closed:
            raise ValueError("write to closed file")
        if self._text:
            if not isinstance(data, str):
                raise TypeError(f"write() argument must be str, not {type(data).__name__}")
            _go.write(self._pipe, data.encode(self.encoding, self.errors))
            return len(data)
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        return _go.write(self._pipe, bytes(data))

    def writelines(self, lines, /):
        for line in lines:
            self.write(line)

    def flush(self):
        pass

    def close(self):
        if not self.closed:
            self.closed = True
            _go.close(self._pipe)

    def fileno(self):
        return _go.fileno(self._pipe)

    def readable(self):
        return self.name != 0

    def writable(self):
        return self.name == 0

    def isatty(self):
        return False

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


def _stream(value):
    if value is None:
        return _INHERIT
    if isinstance(value, int):
        return value
    value.flush()
    return value.fileno()


class Popen:
    def __init__(
        self, args, bufsize=-1, executable=None, stdin=None, stdout=None, stderr=None, *, close_fds=True, shell=False, cwd=None, env=None,
        universal_newlines=None, restore_signals=True, start_new_session=False, encoding=None, errors=None, text=None,
    ):
        if not isinstance(bufsize, int):
            raise TypeError("bufsize must be an integer")
        if text is not None and universal_newlines is not None and bool(universal_newlines) != bool(text):
            raise SubprocessError(
                "Cannot disambiguate when both text and universal_newlines are supplied but different. Pass one or the other."
            )
        self.args, self.returncode, self.encoding, self.errors = args, None, encoding, errors
        self.text_mode = bool(encoding or errors or text or universal_newlines)
        argv = [args] if isinstance(args, (str, bytes)) or hasattr(args, "__fspath__") else list(args)
        argv = [os.fsdecode(a) for a in argv]
        if shell:
            argv = ["/bin/sh", "-c"] + argv
            if executable:
                argv[0] = executable
        executable = executable or argv[0]
        if env is not None:
            env = [f"{os.fsdecode(k)}={os.fsdecode(v)}" for k, v in env.items()]
        self._child, *pipes = _go.start(argv, executable, cwd, env, [_stream(stdin), _stream(stdout), _stream(stderr)], bool(start_new_session))
        self.pid = _go.pid(self._child)
        self.stdin, self.stdout, self.stderr = [
            None if p is None else _Pipe(p, self.text_mode, encoding, errors, i) for i, p in enumerate(pipes)
        ]

    def __class_getitem__(cls, item):
        return cls

    def __repr__(self):
        return f"<{type(self).__name__} at {hex(id(self))} pid={self.pid!r} returncode={self.returncode!r}>"

    @property
    def universal_newlines(self):
        return self.text_mode

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        for pipe in (self.stdout, self.stderr, self.stdin):
            if pipe:
                pipe.close()
        self.wait()

    def poll(self):
        if self.returncode is None:
            self.returncode = _go.wait(self._child, 0.0)
        return self.returncode

    def wait(self, timeout=None):
        if self.returncode is None:
            self.returncode = _go.wait(self._child, None if timeout is None else float(timeout))
            if self.returncode is None:
                raise TimeoutExpired(self.args, timeout)
        return self.returncode

    def communicate(self, input=None, timeout=None):
        end = None if timeout is None else time.monotonic() + timeout
        if self.stdin and not self.stdin.closed:
            import threading

            feeder = threading.Thread(target=self._feed, args=(input,), daemon=True)
            feeder.start()
        out = []
        for pipe in (self.stdout, self.stderr):
            if pipe is None or pipe.closed:
                out.append(None)
                continue
            data = _go.read(pipe._pipe, -1, None if end is None else max(0.0, end - time.monotonic()))
            if data is None:
                raise TimeoutExpired(self.args, timeout, output=b"".join(d for d in out if d and not self.text_mode) or None)
            out.append(pipe._shown(data))
            pipe.close()
        try:
            self.wait(None if end is None else max(0.0, end - time.monotonic()))
        except TimeoutExpired:
            raise TimeoutExpired(self.args, timeout) from None
        return tuple(out)

    def _feed(self, input):
        try:
            if input:
                self.stdin.write(input)
        except BrokenPipeError:
            pass
        finally:
            self.stdin.close()

    def send_signal(self, sig):
        if self.poll() is None:
            try:
                os.kill(self.pid, sig)
            except ProcessLookupError:
                pass

    def terminate(self):
        self.send_signal(15)

    def kill(self):
        self.send_signal(9)


def run(*popenargs, input=None, capture_output=False, timeout=None, check=False, **kwargs):
    if input is not None:
        if kwargs.get("stdin") is not None:
            raise ValueError("stdin and input arguments may not both be used.")
        kwargs["stdin"] = PIPE
    if capture_output:
        if kwargs.get("stdout") is not None or kwargs.get("stderr") is not None:
            raise ValueError("stdout and stderr arguments may not be used with capture_output.")
        kwargs["stdout"] = kwargs["stderr"] = PIPE
    with Popen(*popenargs, **kwargs) as process:
        try:
            stdout, stderr = process.communicate(input, timeout=timeout)
        except BaseException:
            process.kill()
            raise
        if check and process.returncode:
            raise CalledProcessError(process.returncode, process.args, output=stdout, stderr=stderr)
    return CompletedProcess(process.args, process.returncode, stdout, stderr)


def call(*popenargs, timeout=None, **kwargs):
    with Popen(*popenargs, **kwargs) as process:
        try:
            return process.wait(timeout=timeout)
        except BaseException:
            process.kill()
            raise


def check_call(*popenargs, **kwargs):
    code = call(*popenargs, **kwargs)
    if code:
        raise CalledProcessError(code, kwargs.get("args") or popenargs[0])
    return 0


def check_output(*popenargs, timeout=None, **kwargs):
    for name in ("stdout", "check"):
        if name in kwargs:
            raise ValueError(f"{name} argument not allowed, it will be overridden.")
    if "input" in kwargs and kwargs["input"] is None:
        kwargs["input"] = "" if kwargs.get("universal_newlines") or kwargs.get("text") or kwargs.get("encoding") or kwargs.get("errors") else b""
    return run(*popenargs, stdout=PIPE, timeout=timeout, check=True, **kwargs).stdout


def getstatusoutput(cmd, *, encoding=None, errors=None):
    try:
        data, code = check_output(cmd, shell=True, text=True, stderr=STDOUT, encoding=encoding, errors=errors), 0
    except CalledProcessError as e:
        data, code = e.output, e.returncode
    return code, data[:-1] if data[-1:] == "\n" else data


def getoutput(cmd, *, encoding=None, errors=None):
    return getstatusoutput(cmd, encoding=encoding, errors=errors)[1]


def list2cmdline(seq):
    """Arguments as one line in the rules of Microsoft's C run-time library."""
    out = []
    for arg in map(os.fsdecode, seq):
        quoted, slashes = "", 0
        for c in arg:
            if c == "\\":
                slashes += 1
                continue
            quoted += "\\" * (2 * slashes + 1 if c == '"' else slashes) + c
            slashes = 0
        needs = not arg or " " in arg or "\t" in arg
        quoted += "\\" * (2 * slashes if needs else slashes)
        out.append(f'"{quoted}"' if needs else quoted)
    return " ".join(out)
