import re

_blank, _letter, _in_word = r"[\t\n\x0b\x0c\r ]", r"[^\d\W]", r"[\w!\"'&.,?]"
_hyphen = f"-(?:(?<={_letter}{{2}}-)|(?<={_letter}-{_letter}-))(?={_letter}-?{_letter})"
_dash = f"(?<={_in_word})(?=-{{2,}}\\w)"

# What a line may end after: blanks, a dash between words, a word or the first part of one with a hyphen.
_parts = re.compile(f"{_blank}+|(?<={_in_word})-{{2,}}(?=\\w)|[^{_blank[1:]}+?(?:{_hyphen}|(?={_blank}|\\Z)|{_dash})")
_words = re.compile(f"{_blank}+|[^{_blank[1:]}+")


class TextWrapper:
    def __init__(self, width=70, initial_indent="", subsequent_indent="", expand_tabs=True, replace_whitespace=True, fix_sentence_endings=False,
                 break_long_words=True, drop_whitespace=True, break_on_hyphens=True, tabsize=8, *, max_lines=None, placeholder=" [...]"):
        self.width, self.initial_indent, self.subsequent_indent, self.expand_tabs = width, initial_indent, subsequent_indent, expand_tabs
        self.replace_whitespace, self.break_long_words, self.drop_whitespace = replace_whitespace, break_long_words, drop_whitespace
        self.break_on_hyphens, self.tabsize, self.max_lines, self.placeholder = break_on_hyphens, tabsize, max_lines, placeholder

    def _chunks(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = re.sub(_blank, " ", text)
        return (_parts if self.break_on_hyphens else _words).findall(text)

    def wrap(self, text):
        if self.width <= 0:
            raise ValueError(f"invalid width {self.width!r} (must be > 0)")
        chunks, lines = self._chunks(text)[::-1], []
        while chunks:
            line, length = [], 0
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and not chunks[-1].strip() and lines:
                chunks.pop()
            while chunks and length + len(chunks[-1]) <= width:
                length += len(chunks[-1])
                line.append(chunks.pop())
            if chunks and len(chunks[-1]) > width:
                self._long(chunks, line, length, width)
                length = sum(map(len, line))
            if self.drop_whitespace and line and not line[-1].strip():
                length -= len(line.pop())
            if not line:
                continue
            if self.max_lines is None or len(lines) + 1 < self.max_lines or ((not chunks or (self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip())) and length <= width):
                lines.append(indent + "".join(line))
                continue
            self._cut(lines, line, length, indent, width)
            break
        return lines

    def _long(self, chunks, line, length, width):
        room = width - length if width >= 1 else 1
        if self.break_long_words:
            long = chunks[-1]
            if self.break_on_hyphens and len(long) > room:
                hyphen = long.rfind("-", 0, room)
                if hyphen > 0 and any(c != "-" for c in long[:hyphen]):
                    room = hyphen + 1
            line.append(long[:room])
            chunks[-1] = long[room:]
        elif not line:
            line.append(chunks.pop())

    def _cut(self, lines, line, length, indent, width):
        while line:
            if line[-1].strip() and length + len(self.placeholder) <= width:
                lines.append(indent + "".join(line) + self.placeholder)
                return
            length -= len(line.pop())
        if lines and len(lines[-1].rstrip()) + len(self.placeholder) <= self.width:
            lines[-1] = lines[-1].rstrip() + self.placeholder
            return
        lines.append(indent + self.placeholder.lstrip())

    def fill(self, text):
        return "\n".join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(" ".join(text.strip().split()))


def dedent(text):
    lines = [line if line.strip() else line[len(line.rstrip("\n")):] if line.endswith("\n") else "" for line in text.splitlines(True)]
    margin = None
    for line in lines:
        if not line.strip():
            continue
        lead = line[:len(line) - len(line.lstrip(" \t"))]
        if margin is None:
            margin = lead
        while not lead.startswith(margin):
            margin = margin[:-1]
    return "".join(line[len(margin):] if margin and line.strip() else line for line in lines)


def indent(text, prefix, predicate=None):
    if predicate is None:
        predicate = str.strip
    return "".join(prefix + line if predicate(line) else line for line in text.splitlines(True))
