"""Signals. Handlers of SIGINT and SIGTERM and their like are remembered and never called: by them the worker itself is ended."""
import enum
import logging
import os

import _absent
import _extra_signal as _go

__getattr__ = _absent.names(
    "signal",
    "ITIMER_PROF ITIMER_REAL ITIMER_VIRTUAL ItimerError alarm getitimer pause pidfd_send_signal pthread_kill pthread_sigmask set_wakeup_fd"
    " setitimer siginterrupt sigpending sigtimedwait sigwait sigwaitinfo",
)
Signals = enum.IntEnum("Signals", {
    name: number for number, name in enumerate(
        "SIGHUP SIGINT SIGQUIT SIGILL SIGTRAP SIGABRT SIGBUS SIGFPE SIGKILL SIGUSR1 SIGSEGV SIGUSR2 SIGPIPE SIGALRM SIGTERM SIGSTKFLT SIGCHLD SIGCONT"
        " SIGSTOP SIGTSTP SIGTTIN SIGTTOU SIGURG SIGXCPU SIGXFSZ SIGVTALRM SIGPROF SIGWINCH SIGIO SIGPWR SIGSYS".split(), 1)
})
globals().update(Signals.__members__)
SIGCLD, SIGPOLL, SIGIOT, NSIG = Signals.SIGCHLD, Signals.SIGIO, Signals.SIGABRT, 65


class Handlers(enum.IntEnum):
    SIG_DFL = 0
    SIG_IGN = 1


SIG_DFL, SIG_IGN = Handlers.SIG_DFL, Handlers.SIG_IGN


def default_int_handler(signalnum, frame, /):
    raise KeyboardInterrupt


_handlers = {Signals.SIGINT: default_int_handler}


def signal(signalnum, handler):
    if not isinstance(handler, int) and handler is not None and not callable(handler):
        raise TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
    number = int(signalnum)
    if not 1 <= number < NSIG:
        raise ValueError("signal number out of range")
    if number in (9, 19):
        raise OSError(22, "Invalid argument")
    if not _go.handled(number):
        if handler not in (SIG_DFL, SIG_IGN):
            logging.getLogger(__name__).warning("signal %s: this worker handles its signals itself, the handler will not be called", number)
    elif callable(handler) and not isinstance(handler, int):
        _go.watch(number, lambda n: _handle(handler, n))
    else:
        _go.reset(number, handler == SIG_IGN)
    old = getsignal(number)
    _handlers[number] = handler
    return old


def _handle(handler, number):
    try:
        handler(number, None)
    except Exception:
        logging.getLogger(__name__).exception("the handler of signal %s failed", number)


def getsignal(signalnum):
    return _handlers.get(int(signalnum), SIG_DFL)


def raise_signal(signalnum):
    os.kill(os.getpid(), signalnum)


def strsignal(signalnum):
    names = {1: "Hangup", 2: "Interrupt", 3: "Quit", 6: "Aborted", 9: "Killed", 10: "User defined signal 1", 11: "Segmentation fault", 12: "User defined signal 2",
             13: "Broken pipe", 14: "Alarm clock", 15: "Terminated", 17: "Child exited", 18: "Continued"}
    return names.get(int(signalnum), f"Unknown signal {int(signalnum)}")


def valid_signals():
    return set(Signals)
