from collections import namedtuple

_safe = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")


def quote(string, safe="/", encoding="utf-8", errors="strict"):
    if isinstance(string, str):
        string = string.encode(encoding, errors)
    if isinstance(safe, bytes):
        safe = safe.decode()
    return "".join(chr(b) if chr(b) in _safe or chr(b) in safe and b < 128 else "%%%02X" % b for b in string)


def quote_plus(string, safe="", encoding="utf-8", errors="strict"):
    return quote(string, safe + " ", encoding, errors).replace(" ", "+")


def unquote(string, encoding="utf-8", errors="replace"):
    if "%" not in string:
        return string
    out = bytearray()
    i, raw = 0, string.encode()
    while i < len(raw):
        if raw[i] == 37 and i + 2 < len(raw) + 0:
            try:
                out.append(int(raw[i + 1:i + 3].decode(), 16))
                i += 3
                continue
            except ValueError:
                pass
        out.append(raw[i])
        i += 1
    return out.decode(encoding, errors)


def unquote_plus(string, encoding="utf-8", errors="replace"):
    return unquote(string.replace("+", " "), encoding, errors)


def urlencode(query, doseq=False, safe="", encoding="utf-8", errors="strict", quote_via=quote_plus):
    if hasattr(query, "items"):
        query = query.items()

    def q(v):
        return quote_via(v if isinstance(v, (bytes, str)) else str(v), safe)
    out = []
    for k, v in query:
        if doseq and isinstance(v, (list, tuple)):
            out.extend(q(k) + "=" + q(x) for x in v)
        else:
            out.append(q(k) + "=" + q(v))
    return "&".join(out)


class _Result:
    @property
    def hostname(self):
        host = self.netloc.rpartition("@")[2]
        host = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
        return host.lower() or None

    @property
    def port(self):
        port = self.netloc.rpartition("@")[2].rpartition("]")[2].partition(":")[2]
        return int(port) if port else None

    @property
    def username(self):
        user = self.netloc.rpartition("@")[0]
        return user.partition(":")[0] or None

    @property
    def password(self):
        return self.netloc.rpartition("@")[0].partition(":")[2] or None

    def geturl(self):
        return urlunparse(self) if len(self) == 6 else urlunsplit(self)


class SplitResult(_Result, namedtuple("SplitResult", "scheme netloc path query fragment")):
    pass


class ParseResult(_Result, namedtuple("ParseResult", "scheme netloc path params query fragment")):
    pass


def urlsplit(url, scheme="", allow_fragments=True):
    netloc = query = fragment = ""
    head, colon, rest = url.partition(":")
    if colon and head and head[0].isalpha() and all(c.isalnum() or c in "+-." for c in head):
        scheme, url = head.lower(), rest
    if url.startswith("//"):
        ends = [i for i in (url.find(c, 2) for c in "/?#") if i >= 0]
        end = min(ends) if ends else len(url)
        netloc, url = url[2:end], url[end:]
    if allow_fragments:
        url, _, fragment = url.partition("#")
    url, _, query = url.partition("?")
    return SplitResult(scheme, netloc, url, query, fragment)


def urlparse(url, scheme="", allow_fragments=True):
    s = urlsplit(url, scheme, allow_fragments)
    path, params = s.path, ""
    if ";" in path.rpartition("/")[2]:
        i = path.find(";", path.rfind("/") + 1)
        path, params = path[:i], path[i + 1:]
    return ParseResult(s.scheme, s.netloc, path, params, s.query, s.fragment)


def urlunsplit(parts):
    scheme, netloc, url, query, fragment = parts
    if netloc:
        url = "//" + netloc + ("/" if url and not url.startswith("/") else "") + url
    if scheme:
        url = scheme + ":" + url
    if query:
        url += "?" + query
    if fragment:
        url += "#" + fragment
    return url


def urlunparse(parts):
    scheme, netloc, url, params, query, fragment = parts
    if params:
        url += ";" + params
    return urlunsplit((scheme, netloc, url, query, fragment))


def urljoin(base, url, allow_fragments=True):
    if not base or not url:
        return url or base
    b, u = urlsplit(base), urlsplit(url)
    if u.scheme and u.scheme != b.scheme:
        return url
    if u.netloc:
        return urlunsplit((b.scheme, u.netloc, u.path, u.query, u.fragment))
    if not u.path:
        return urlunsplit((b.scheme, b.netloc, b.path, u.query or b.query, u.fragment))
    path = u.path if u.path.startswith("/") else b.path.rpartition("/")[0] + "/" + u.path
    out = []
    for seg in path.split("/"):
        if seg == "..":
            if len(out) > 1:
                out.pop()
        elif seg != ".":
            out.append(seg)
    if path.endswith(("/.", "/..")):
        out.append("")
    return urlunsplit((b.scheme, b.netloc, "/".join(out), u.query, u.fragment))


def parse_qsl(qs, keep_blank_values=False, **kw):
    out = []
    for pair in qs.split("&"):
        k, eq, v = pair.partition("=")
        if pair and (v or keep_blank_values):
            out.append((unquote_plus(k), unquote_plus(v)))
    return out


def parse_qs(qs, keep_blank_values=False, **kw):
    out = {}
    for k, v in parse_qsl(qs, keep_blank_values):
        out.setdefault(k, []).append(v)
    return out
