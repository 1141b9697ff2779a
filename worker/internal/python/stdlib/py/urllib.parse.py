# URLs and their parts (Lib/urllib/parse.py): str in, str out; bytes in, bytes out.
from collections import namedtuple

_safe = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")
_scheme_chars = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.")
scheme_chars = "".join(sorted(_scheme_chars))
uses_relative = ["", *"ftp http gopher nntp imap wais file https shttp mms prospero rtsp rtsps rtspu sftp svn svn+ssh ws wss".split()]
uses_netloc = ["", *"ftp http gopher nntp telnet imap wais file mms https shttp snews prospero rtsp rtsps rtspu rsync svn svn+ssh sftp nfs git git+ssh ws wss".split()]
uses_params = ["", *"ftp hdl prospero http imap https shttp rtsp rtsps rtspu sip sips mms sftp tel".split()]


def _to_text(*args):
    """The arguments as str, and what makes results of the kind that the arguments had."""
    kind = isinstance(args[0], str)
    for a in args[1:]:
        if a and isinstance(a, str) != kind:
            raise TypeError("Cannot mix str and non-str arguments")
    if kind:
        return [*args, lambda x: x]
    return [*(a.decode("ascii", "strict") if a else "" for a in args), lambda x: x.encode("ascii", "strict")]


def quote(string, safe="/", encoding=None, errors=None):
    if isinstance(string, str):
        string = string.encode(encoding or "utf-8", errors or "strict")
    elif encoding is not None:
        raise TypeError("quote() doesn't support 'encoding' for bytes")
    elif errors is not None:
        raise TypeError("quote() doesn't support 'errors' for bytes")
    return quote_from_bytes(string, safe)


def quote_from_bytes(bs, safe="/"):
    if not isinstance(bs, (bytes, bytearray)):
        raise TypeError("quote_from_bytes() expected bytes")
    if not isinstance(safe, str):
        safe = safe.decode("ascii", "ignore")
    return "".join(chr(b) if chr(b) in _safe or b < 128 and chr(b) in safe else "%%%02X" % b for b in bs)


def quote_plus(string, safe="", encoding=None, errors=None):
    space = " " if isinstance(safe, str) else b" "
    return quote(string, safe + space, encoding, errors).replace(" ", "+")


def unquote_to_bytes(string):
    if isinstance(string, str):
        string = string.encode("utf-8")
    first, *parts = bytes(string).split(b"%")
    out = bytearray(first)
    for part in parts:
        digits = part[:2]
        if len(digits) == 2 and digits.isalnum() and not digits.strip(b"0123456789abcdefABCDEF"):
            out += bytes.fromhex(digits.decode()) + part[2:]
        else:
            out += b"%" + part
    return bytes(out)


def unquote(string, encoding="utf-8", errors="replace"):
    if isinstance(string, (bytes, bytearray)):
        return unquote_to_bytes(string).decode(encoding, errors)
    if "%" not in string:
        return string
    out, run = [], []  # what is not ASCII stands as it is; only runs of ASCII hold escapes
    for c in string:
        if c < "\x80":
            run.append(c)
        else:
            out += [unquote_to_bytes("".join(run)).decode(encoding or "utf-8", errors or "replace"), c]
            run = []
    return "".join(out) + unquote_to_bytes("".join(run)).decode(encoding or "utf-8", errors or "replace")


def unquote_plus(string, encoding="utf-8", errors="replace"):
    return unquote(string.replace("+", " "), encoding, errors)


def urlencode(query, doseq=False, safe="", encoding=None, errors=None, quote_via=quote_plus):
    if hasattr(query, "items"):
        query = query.items()
    else:
        try:
            if len(query) and not isinstance(query[0], tuple):
                raise TypeError
        except TypeError:
            raise TypeError("not a valid non-string sequence or mapping object") from None

    def q(v):
        return quote_via(v, safe) if isinstance(v, bytes) else quote_via(str(v), safe, encoding, errors)

    out = []
    for k, v in query:
        k = q(k)
        values = [v]
        if doseq and not isinstance(v, (bytes, str)):
            try:
                len(v)
                values = v
            except TypeError:
                pass
        out.extend(k + "=" + q(x) for x in values)
    return "&".join(out)


class _Host:
    """What stands in a netloc."""

    @property
    def _split(self):
        netloc, back = _to_text(self.netloc)
        info, _, host = netloc.rpartition("@")
        user, has_password, password = info.partition(":")
        before, bracket, after = host.partition("[")
        if bracket:
            name, _, port = after.partition("]")
            port = port.partition(":")[2]
        else:
            name, _, port = host.partition(":")
        name, percent, zone = name.partition("%")
        return back, user if "@" in netloc else None, password if has_password else None, name.lower() + percent + zone, port

    @property
    def username(self):
        back, user, _, _, _ = self._split
        return None if user is None else back(user)

    @property
    def password(self):
        back, _, password, _, _ = self._split
        return None if password is None else back(password)

    @property
    def hostname(self):
        back, _, _, name, _ = self._split
        return back(name) if name else None

    @property
    def port(self):
        port = self._split[4]
        if not port:
            return None
        if not (port.isdigit() and port.isascii()):
            raise ValueError(f"Port could not be cast to integer value as {port!r}")
        if int(port) > 65535:
            raise ValueError("Port out of range 0-65535")
        return int(port)


class _Split(_Host):
    def geturl(self):
        return urlunsplit(self)


class _Parse(_Host):
    def geturl(self):
        return urlunparse(self)


class _Defrag:
    def geturl(self):
        sharp = "#" if isinstance(self.url, str) else b"#"
        return self.url + sharp + self.fragment if self.fragment else self.url


class _Text:
    def encode(self, encoding="ascii", errors="strict"):
        return _other[type(self)](*(x.encode(encoding, errors) for x in self))


class _Octets:
    def decode(self, encoding="ascii", errors="strict"):
        return _other[type(self)](*(x.decode(encoding, errors) for x in self))


class DefragResult(_Defrag, _Text, namedtuple("DefragResult", "url fragment")):
    pass


class DefragResultBytes(_Defrag, _Octets, namedtuple("DefragResult", "url fragment")):
    pass


class SplitResult(_Split, _Text, namedtuple("SplitResult", "scheme netloc path query fragment")):
    pass


class SplitResultBytes(_Split, _Octets, namedtuple("SplitResult", "scheme netloc path query fragment")):
    pass


class ParseResult(_Parse, _Text, namedtuple("ParseResult", "scheme netloc path params query fragment")):
    pass


class ParseResultBytes(_Parse, _Octets, namedtuple("ParseResult", "scheme netloc path params query fragment")):
    pass


_other = {}
for _a, _b in ((DefragResult, DefragResultBytes), (SplitResult, SplitResultBytes), (ParseResult, ParseResultBytes)):
    _other[_a], _other[_b] = _b, _a


def urlsplit(url, scheme="", allow_fragments=True):
    url, scheme, back = _to_text(url, scheme)
    url = url.lstrip("".join(map(chr, range(33))))
    scheme = scheme.strip("".join(map(chr, range(33))))
    for c in "\t\r\n":
        url, scheme = url.replace(c, ""), scheme.replace(c, "")
    netloc = query = fragment = ""
    head, colon, rest = url.partition(":")
    if colon and head and head[0].isascii() and head[0].isalpha() and _scheme_chars.issuperset(head):
        scheme, url = head.lower(), rest
    if url.startswith("//"):
        ends = [i for i in (url.find(c, 2) for c in "/?#") if i >= 0]
        end = min(ends) if ends else len(url)
        netloc, url = url[2:end], url[end:]
        if ("[" in netloc) != ("]" in netloc):
            raise ValueError("Invalid IPv6 URL")
    if allow_fragments:
        url, _, fragment = url.partition("#")
    url, _, query = url.partition("?")
    r = SplitResult(scheme, netloc, url, query, fragment)
    return r if isinstance(back(""), str) else r.encode()


def urlparse(url, scheme="", allow_fragments=True):
    s = urlsplit(url, scheme, allow_fragments)
    semicolon = ";" if isinstance(s.path, str) else b";"
    path, params = s.path, semicolon[:0]
    if s.scheme in (uses_params if semicolon == ";" else [u.encode() for u in uses_params]):
        i = path.find(semicolon, max(path.rfind(b"/" if semicolon == b";" else "/"), 0))
        if i >= 0:
            path, params = path[:i], path[i + 1 :]
    cls = ParseResult if semicolon == ";" else ParseResultBytes
    return cls(s.scheme, s.netloc, path, params, s.query, s.fragment)


def urlunsplit(components):
    scheme, netloc, url, query, fragment, back = _to_text(*components)
    if netloc or scheme and scheme in uses_netloc and not url.startswith("//"):
        url = "//" + netloc + ("/" if url and not url.startswith("/") else "") + url
    if scheme:
        url = scheme + ":" + url
    if query:
        url += "?" + query
    if fragment:
        url += "#" + fragment
    return back(url)


def urlunparse(components):
    scheme, netloc, url, params, query, fragment, back = _to_text(*components)
    if params:
        url += ";" + params
    return back(urlunsplit((scheme, netloc, url, query, fragment)))


def urldefrag(url):
    text, back = _to_text(url)
    rest, fragment = text, ""
    if "#" in text:
        p = urlparse(text)
        rest, fragment = urlunparse(p._replace(fragment="")), p.fragment
    r = DefragResult(rest, fragment)
    return r if isinstance(url, str) else r.encode()


def urljoin(base, url, allow_fragments=True):
    if not base or not url:
        return url or base
    base, url, back = _to_text(base, url)
    b = urlparse(base, "", allow_fragments)
    u = urlparse(url, b.scheme, allow_fragments)
    if u.scheme != b.scheme or u.scheme not in uses_relative:
        return back(url)
    if u.scheme in uses_netloc:
        if u.netloc:
            return back(u.geturl())
        u = u._replace(netloc=b.netloc)
    if not u.path and not u.params:
        return back(u._replace(path=b.path, params=b.params, query=u.query or b.query).geturl())
    return back(u._replace(path=_merged(b.path, u.path)).geturl())


def _merged(base, path):
    """A path seen from another one, with its dots resolved (RFC 3986, section 5.2)."""
    segments = path.split("/")
    if not path.startswith("/"):
        before = base.split("/")
        if before[-1]:
            before.pop()  # the last part of the base gives way
        segments = before + segments
        segments[1:-1] = filter(None, segments[1:-1])
    out = []
    for segment in segments:
        if segment == "..":
            if out:
                out.pop()
        elif segment != ".":
            out.append(segment)
    if segments[-1] in (".", ".."):
        out.append("")
    return "/".join(out) or "/"


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace", max_num_fields=None, separator="&"):
    qs, separator, back = _to_text(qs, separator.encode() if isinstance(qs, bytes) and isinstance(separator, str) else separator)
    if not separator:
        raise ValueError("Separator must be of type string or bytes.")
    if max_num_fields is not None and max_num_fields < 1 + qs.count(separator):
        raise ValueError("Max number of fields exceeded")
    out = []
    for pair in qs.split(separator):
        if not pair and not strict_parsing:
            continue
        name, equals, text = pair.partition("=")
        if not equals and strict_parsing:
            raise ValueError(f"bad query field: {pair!r}")
        if text or keep_blank_values:
            out.append((back(unquote_plus(name, encoding, errors)), back(unquote_plus(text, encoding, errors))))
    return out


def parse_qs(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace", max_num_fields=None, separator="&"):
    out = {}
    for k, v in parse_qsl(qs, keep_blank_values, strict_parsing, encoding, errors, max_num_fields, separator):
        out.setdefault(k, []).append(v)
    return out


def unwrap(url):
    url = str(url).strip()
    if url.startswith("<") and url.endswith(">"):
        url = url[1:-1].strip()
    return url.removeprefix("URL:").strip()
