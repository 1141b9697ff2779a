class shlex:
    """Words of a shell's command line, in POSIX mode."""

    def __init__(self, instream="", infile=None, posix=False, punctuation_chars=False):
        self._text = instream if isinstance(instream, str) else instream.read()
        self.posix, self.commenters, self.whitespace, self.whitespace_split = posix, "#", " \t\r\n", False
        self.quotes, self.escape, self._at = "'\"", "\\" if posix else "", 0

    def _next(self):
        text, i, word, quoted = self._text, self._at, "", False
        while i < len(text):
            c = text[i]
            i += 1
            if c in self.whitespace:
                if word or quoted:
                    break
            elif c in self.commenters:
                while i < len(text) and text[i] != "\n":
                    i += 1
            elif c in self.escape:
                if i >= len(text):
                    raise ValueError("No escaped character")
                word += text[i]
                i += 1
            elif c in self.quotes:
                quoted = True
                word, i = self._quoted(text, i, c, word)
            elif self.whitespace_split or c.isalnum() or c in "_~-./*?=":
                word += c
            elif word or quoted:
                i -= 1
                break
            else:
                word = c
                break
        self._at = i
        return word if word or quoted else None

    def _quoted(self, text, i, quote, word):
        if not self.posix:
            word += quote
        while True:
            if i >= len(text):
                raise ValueError("No closing quotation")
            c = text[i]
            i += 1
            if c == quote:
                return word + ("" if self.posix else quote), i
            if c == "\\" and quote == '"' and self.posix and i < len(text):
                if text[i] not in '"\\':
                    word += c
                c = text[i]
                i += 1
            word += c

    def get_token(self):
        word = self._next()
        return word if word is not None or self.posix else ""

    def __iter__(self):
        return self

    def __next__(self):
        word = self._next()
        if word is None:
            raise StopIteration
        return word


def split(s, comments=False, posix=True):
    if s is None:
        raise ValueError("s argument must not be None")
    words = shlex(s, posix=posix)
    words.whitespace_split = True
    if not comments:
        words.commenters = ""
    return list(words)


def quote(s):
    if not s:
        return "''"
    if all(c.isascii() and (c.isalnum() or c in "_@%+=:,./-") for c in s):
        return s
    return "'" + s.replace("'", "'\"'\"'") + "'"


def join(split_command):
    return " ".join(quote(w) for w in split_command)
