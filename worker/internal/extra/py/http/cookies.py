_attributes = {"expires": "expires", "path": "Path", "comment": "Comment", "domain": "Domain", "max-age": "Max-Age", "secure": "Secure", "httponly": "HttpOnly", "version": "Version", "samesite": "SameSite"}


class CookieError(Exception):
    pass


class Morsel(dict):
    def __init__(self):
        super().__init__({k: "" for k in _attributes})
        self.key = self.value = self.coded_value = None

    def OutputString(self):
        out = [f"{self.key}={self.coded_value}"]
        for k, v in sorted(self.items()):
            if v == "":
                continue
            if k in ("secure", "httponly"):
                out.append(_attributes[k])
            else:
                out.append(f"{_attributes[k]}={v}")
        return "; ".join(out)

    def output(self, attrs=None, header="Set-Cookie:"):
        return f"{header} {self.OutputString()}"

    def __repr__(self):
        return f"<Morsel: {self.OutputString()}>"


class SimpleCookie(dict):
    def __init__(self, input=None):
        super().__init__()
        if input:
            self.load(input)

    def __setitem__(self, key, value):
        if isinstance(value, Morsel):
            super().__setitem__(key, value)
            return
        m = Morsel()
        m.key, m.value = key, str(value)
        legal = all(c.isalnum() or c in "!#$%&'*+-.^_`|~:" for c in m.value)
        m.coded_value = m.value if legal else '"' + m.value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        super().__setitem__(key, m)

    def load(self, rawdata):
        if not isinstance(rawdata, str):
            for k, v in rawdata.items():
                self[k] = v
            return
        last = None
        for part in rawdata.split(";"):
            k, eq, v = part.strip().partition("=")
            v = v.strip()
            if k.lower() in _attributes and last is not None:
                last[k.lower()] = v if eq else True
            elif eq:
                if len(v) > 1 and v[0] == v[-1] == '"':
                    v = v[1:-1]
                self[k.strip()] = v
                last = self[k.strip()]

    def output(self, attrs=None, header="Set-Cookie:", sep="\r\n"):
        return sep.join(self[k].output(attrs, header) for k in sorted(self))

    __str__ = output


BaseCookie = SimpleCookie
