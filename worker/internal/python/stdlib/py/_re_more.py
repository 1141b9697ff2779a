"""What of re needs no speed: its exception, its flags, its scanner."""
from enum import KEEP, IntFlag, global_flag_repr


class error(Exception):
    """A pattern or a template that is none, with the place in it."""

    __module__ = "re"

    def __init__(self, msg, pattern=None, pos=None):
        self.msg, self.pattern, self.pos = msg, pattern, pos
        self.lineno = self.colno = None
        if pattern is not None and pos is not None:
            newline = "\n" if isinstance(pattern, str) else b"\n"
            self.lineno = pattern.count(newline, 0, pos) + 1
            self.colno = pos - pattern.rfind(newline, 0, pos)
            msg = f"{msg} at position {pos}"
            if newline in pattern:
                msg = f"{msg} (line {self.lineno}, column {self.colno})"
        super().__init__(msg)


class RegexFlag(IntFlag, boundary=KEEP):
    __module__ = "re"
    NOFLAG = 0
    ASCII = A = 256
    IGNORECASE = I = 2
    LOCALE = L = 4
    UNICODE = U = 32
    MULTILINE = M = 8
    DOTALL = S = 16
    VERBOSE = X = 64
    TEMPLATE = T = 1
    DEBUG = 128
    __repr__, __str__ = global_flag_repr, object.__str__
    _numeric_repr_ = staticmethod(hex)

    def __format__(self, spec):
        return format(repr(self), spec)


class Scanner:
    """Cuts a text into phrases, each with an action. A phrase is a pattern of its own: what groups it has do not count here."""

    __module__ = "re"

    def __init__(self, lexicon, flags=0):
        import re
        self.lexicon = lexicon
        self._phrases = [re.compile(phrase, flags) for phrase, _ in lexicon]
        self.scanner = re.compile("|".join(f"(?:{p.pattern})" for p in self._phrases), flags) if lexicon else re.compile("")
        self.match = None

    def scan(self, string):
        result, at = [], 0
        while True:
            found = action = None
            for phrase, (_, action) in zip(self._phrases, self.lexicon):
                found = phrase.match(string, at)
                if found:
                    break
            if not found or found.end() == at:
                return result, string[at:]
            if callable(action):
                self.match = found
                action = action(self, found.group())
            if action is not None:
                result.append(action)
            at = found.end()


def template(pattern, flags=0):
    import re
    import warnings
    warnings.warn("The re.template() function is deprecated as it is an undocumented function without an obvious purpose. "
                  "Use re.compile() instead.", DeprecationWarning)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return re.compile(pattern, flags | 1)


template.__module__ = "re"
