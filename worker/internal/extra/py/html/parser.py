import re
from html import unescape

_tag = re.compile(r"[a-zA-Z][^\t\n\r\f />\x00]*")
_attr = re.compile(r"""[\s/]*((?:[^\s/>=][^\s/=>]*))(\s*=+\s*('[^']*'|"[^"]*"|[^>\s]*))?""")


class HTMLParser:
    CDATA_CONTENT_ELEMENTS = ("script", "style")

    def __init__(self, *, convert_charrefs=True):
        self.convert_charrefs = convert_charrefs
        self.reset()

    def reset(self):
        self.rawdata, self.lasttag, self.cdata_elem, self._line, self._col, self._start = "", "???", None, 1, 0, ""

    def feed(self, data):
        self.rawdata += data
        self._go(False)

    def close(self):
        self._go(True)

    def getpos(self):
        return self._line, self._col

    def get_starttag_text(self):
        return self._start

    def _move(self, text):
        lines = text.count("\n")
        if lines:
            self._line += lines
            self._col = len(text) - text.rindex("\n") - 1
        else:
            self._col += len(text)

    def _go(self, end):
        s = self.rawdata
        i = 0
        while i < len(s):
            if self.cdata_elem:
                m = re.search(r"</" + self.cdata_elem + r"\s*>", s[i:], re.I)
                j = i + m.start() if m else (len(s) if end else i)
                if not m and not end:
                    break
                if j > i:
                    self.handle_data(s[i:j])
                    self._move(s[i:j])
                i = j
                self.cdata_elem = None
                continue
            j = s.find("<", i)
            if j < 0:
                amp = s.rfind("&", max(i, len(s) - 34))
                j = i if not end and (amp >= 0 and ";" not in s[amp:]) else len(s)
                if j == i:
                    break
            if j > i:
                self._text(s[i:j])
                self._move(s[i:j])
                i = j
                continue
            k = self._markup(s, i, end)
            if k < 0:
                if not end:
                    break
                self._text(s[i:])
                k = len(s)
            self._move(s[i:k])
            i = k
        self.rawdata = s[i:]

    def _text(self, text):
        if self.convert_charrefs:
            self.handle_data(unescape(text))
            return
        for part in re.findall(r"&#[0-9xX][0-9a-fA-F]*;?|&[a-zA-Z][-.a-zA-Z0-9]*;?|[^&]+|&", text):
            if part.startswith("&#"):
                self.handle_charref(part[2:].rstrip(";"))
            elif part.startswith("&") and len(part) > 1:
                self.handle_entityref(part[1:].rstrip(";"))
            else:
                self.handle_data(part)

    def _markup(self, s, i, end):
        """Handles what begins with < at i; returns where it ends, -1 if more is needed."""
        if s.startswith("<!--", i):
            j = s.find("-->", i + 4)
            if j < 0:
                return -1
            self.handle_comment(s[i + 4:j])
            return j + 3
        if s.startswith("<?", i):
            j = s.find(">", i + 2)
            if j < 0:
                return -1
            self.handle_pi(s[i + 2:j])
            return j + 1
        if s.startswith("<!", i):
            j = s.find(">", i + 2)
            if j < 0:
                return -1
            text = s[i + 2:j]
            if text[:7].lower() == "doctype":
                self.handle_decl(text)
            else:
                self.handle_comment(text)
            return j + 1
        if s.startswith("</", i):
            return self._end(s, i)
        m = _tag.match(s[i + 1:])
        if m:
            return self._begin(s, i, m.group(0))
        if i + 1 >= len(s) and not end:
            return -1
        self.handle_data("<")
        return i + 1

    def _end(self, s, i):
        j = s.find(">", i + 2)
        if j < 0:
            return -1
        m = _tag.match(s[i + 2:j])
        if m:
            self.handle_endtag(m.group(0).lower())
        elif s[i + 2:j]:
            self.handle_comment(s[i + 2:j])
        return j + 1

    def _begin(self, s, i, name):
        j, attrs = i + 1 + len(name), []
        while True:
            while j < len(s) and (s[j].isspace() or (s[j] == "/" and not s.startswith("/>", j))):
                j += 1
            if j >= len(s):
                return -1
            if s[j] == ">" or s.startswith("/>", j):
                break
            m = _attr.match(s[j:])
            if not m or not m.group(0):
                return -1
            if j + m.end() >= len(s):
                return -1
            value = m.group(3)
            if m.group(2) is None:
                value = None
            elif value[:1] in ("'", '"') and value[:1] == value[-1:]:
                value = value[1:-1]
            attrs.append((m.group(1).lower(), unescape(value) if value else value))
            j += m.end()
        empty = s[j] == "/"
        j += 2 if empty else 1
        self._start, tag = s[i:j], name.lower()
        self.lasttag = tag
        if empty:
            self.handle_startendtag(tag, attrs)
        else:
            self.handle_starttag(tag, attrs)
            if tag in self.CDATA_CONTENT_ELEMENTS:
                self.cdata_elem = tag
        return j

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_starttag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        pass

    def handle_charref(self, name):
        pass

    def handle_entityref(self, name):
        pass

    def handle_data(self, data):
        pass

    def handle_comment(self, data):
        pass

    def handle_decl(self, decl):
        pass

    def handle_pi(self, data):
        pass

    def unknown_decl(self, data):
        pass
