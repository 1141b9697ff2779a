ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdefABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
whitespace = " \t\n\r\v\f"
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or " ").join(w.capitalize() for w in s.split(sep))


class Template:
    def __init__(self, template):
        self.template = template

    def _fill(self, d, safe):
        import re
        def sub(m):
            name = m.group(1) or m.group(2)
            if m.group(0) == "$$":
                return "$"
            if safe and name not in d:
                return m.group(0)
            return str(d[name])
        return re.sub(r"\$\$|\$([A-Za-z_]\w*)|\$\{([A-Za-z_]\w*)\}", sub, self.template)

    def substitute(self, mapping={}, **kw):
        return self._fill({**mapping, **kw}, False)

    def safe_substitute(self, mapping={}, **kw):
        return self._fill({**mapping, **kw}, True)
