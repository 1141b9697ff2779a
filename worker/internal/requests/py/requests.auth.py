"""Authentication."""
import hashlib
import os
import time
from urllib.parse import urlparse
import _requests_go
from _requests_go import basic as _basic_auth_str
from requests.cookies import extract_cookies_to_jar
from requests.utils import parse_dict_header


class AuthBase:
    def __call__(self, r):
        raise NotImplementedError("Auth hooks must be callable.")


class HTTPBasicAuth(AuthBase):
    def __init__(self, username, password):
        self.username, self.password = username, password

    def __eq__(self, other):
        return self.username == getattr(other, "username", None) and self.password == getattr(other, "password", None)

    def __ne__(self, other):
        return not self == other

    def __call__(self, r):
        r.headers["Authorization"] = _basic_auth_str(self.username, self.password)
        return r


class HTTPProxyAuth(HTTPBasicAuth):
    def __call__(self, r):
        r.headers["Proxy-Authorization"] = _basic_auth_str(self.username, self.password)
        return r


class HTTPDigestAuth(AuthBase):
    """Answers a challenge of RFC 7616. One object serves one user at a time."""
    _hashes = {"MD5": hashlib.md5, "MD5-SESS": hashlib.md5, "SHA": hashlib.sha1, "SHA-256": hashlib.sha256, "SHA-512": hashlib.sha512}

    def __init__(self, username, password):
        self.username, self.password = username, password
        self._nonce, self._count, self._challenge, self._tries = "", 0, {}, 1

    def __eq__(self, other):
        return self.username == getattr(other, "username", None) and self.password == getattr(other, "password", None)

    def build_digest_header(self, method, url):
        challenge = self._challenge
        realm, nonce = challenge["realm"], challenge["nonce"]
        qop, algorithm, opaque = challenge.get("qop"), challenge.get("algorithm"), challenge.get("opaque")
        kind = (algorithm or "MD5").upper()
        if kind not in self._hashes:
            return None

        def digest(text):
            return self._hashes[kind](text.encode("utf-8")).hexdigest()

        parsed = urlparse(url)
        path = parsed.path or "/"
        if parsed.query:
            path += "?" + parsed.query
        secret, what = digest(f"{self.username}:{realm}:{self.password}"), digest(f"{method}:{path}")
        self._count = self._count + 1 if nonce == self._nonce else 1
        count = f"{self._count:08x}"
        cnonce = hashlib.sha1(f"{self._count}{nonce}{time.time()}".encode() + os.urandom(8)).hexdigest()[:16]
        if kind == "MD5-SESS":
            secret = digest(f"{secret}:{nonce}:{cnonce}")
        if not qop:
            answer = digest(f"{secret}:{nonce}:{what}")
        elif "auth" in qop.split(","):
            answer = digest(f"{secret}:{nonce}:{count}:{cnonce}:auth:{what}")
        else:
            return None
        self._nonce = nonce
        base = f'username="{self.username}", realm="{realm}", nonce="{nonce}", uri="{path}", response="{answer}"'
        if opaque:
            base += f', opaque="{opaque}"'
        if algorithm:
            base += f', algorithm="{algorithm}"'
        if qop:
            base += f', qop="auth", nc={count}, cnonce="{cnonce}"'
        return f"Digest {base}"

    def handle_redirect(self, r, **kwargs):
        if r.is_redirect:
            self._tries = 1

    def handle_401(self, r, **kwargs):
        challenge = r.headers.get("www-authenticate", "")
        if not 400 <= r.status_code < 500 or "digest" not in challenge.lower() or self._tries >= 2:
            self._tries = 1
            return r
        self._tries += 1
        at = challenge.lower().index("digest ") if "digest " in challenge.lower() else 0
        self._challenge = parse_dict_header(challenge[at + len("digest "):])
        r.content
        r.close()
        prep = r.request.copy()
        extract_cookies_to_jar(prep._cookies, r.request, r.raw)
        prep.prepare_cookies(prep._cookies)
        header = self.build_digest_header(prep.method, prep.url)
        if header:
            prep.headers["Authorization"] = header
        again = r.connection.send(prep, **kwargs)
        again.history.append(r)
        again.request = prep
        return again

    def __call__(self, r):
        if self._nonce:
            header = self.build_digest_header(r.method, r.url)
            if header:
                r.headers["Authorization"] = header
        r.register_hook("response", self.handle_401)
        r.register_hook("response", self.handle_redirect)
        self._tries = 1
        return r


_requests_go.watch(AuthBase, HTTPBasicAuth, HTTPProxyAuth, HTTPDigestAuth)
