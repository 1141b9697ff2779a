"""Sessions. The methods here are the general way of a request: each calls the next through its object. As long as nothing of a
session has been overridden, set aside or patched, its requests go the short way, which is Go."""
import os
import time
from collections import OrderedDict
from datetime import timedelta
from _requests_go import CookieJar
from urllib.parse import urljoin, urlparse
from requests.adapters import HTTPAdapter
from requests.auth import _basic_auth_str
from requests.cookies import RequestsCookieJar, cookiejar_from_dict, extract_cookies_to_jar, merge_cookies
from requests.exceptions import ChunkedEncodingError, ContentDecodingError, InvalidSchema, TooManyRedirects
from requests.hooks import default_hooks, dispatch_hook
from requests.models import DEFAULT_REDIRECT_LIMIT, REDIRECT_STATI, PreparedRequest, Request, Response
from requests.status_codes import codes
from requests.structures import CaseInsensitiveDict
from requests.utils import (
    DEFAULT_PORTS, default_headers, get_auth_from_url, get_environ_proxies, get_netrc_auth, requote_uri, resolve_proxies,
    should_bypass_proxies, to_key_val_list)
import _requests_go

preferred_clock = time.time


def _is_mapping(value):
    return isinstance(value, dict) or hasattr(value, "keys") and hasattr(value, "__getitem__")


def merge_setting(request_setting, session_setting, dict_class=OrderedDict):
    if session_setting is None:
        return request_setting
    if request_setting is None:
        return session_setting
    if not (_is_mapping(session_setting) and _is_mapping(request_setting)):
        return request_setting
    merged = dict_class(to_key_val_list(session_setting))
    merged.update(to_key_val_list(request_setting))
    for name in [name for name, value in merged.items() if value is None]:
        del merged[name]
    return merged


def merge_hooks(request_hooks, session_hooks, dict_class=OrderedDict):
    for one, other in ((session_hooks, request_hooks), (request_hooks, session_hooks)):
        if one is None or one.get("response") == []:
            return other
    return merge_setting(request_hooks, session_hooks, dict_class)


class SessionRedirectMixin:
    def get_redirect_target(self, resp):
        if resp.is_redirect:
            return resp.headers["location"].encode("latin1").decode("utf8")
        return None

    def should_strip_auth(self, old_url, new_url):
        old, new = urlparse(old_url), urlparse(new_url)
        if old.hostname != new.hostname:
            return True
        if old.scheme == "http" and old.port in (80, None) and new.scheme == "https" and new.port in (443, None):
            return False
        usual = (DEFAULT_PORTS.get(old.scheme), None)
        if old.scheme == new.scheme and old.port in usual and new.port in usual:
            return False
        return old.port != new.port or old.scheme != new.scheme

    def _follow_url(self, url, resp, fragment):
        """The URL that a redirect leads to, and the fragment that goes along."""
        if url.startswith("//"):
            url = urlparse(resp.url).scheme + ":" + url
        parsed = urlparse(url)
        if parsed.fragment:
            fragment = parsed.fragment
        elif fragment:
            parsed = parsed._replace(fragment=fragment)
        url = requote_uri(parsed.geturl())
        return (url if parsed.netloc else urljoin(resp.url, url)), fragment

    def resolve_redirects(self, resp, req, stream=False, timeout=None, verify=True, cert=None, proxies=None, yield_requests=False, **adapter_kwargs):
        passed = []
        url = self.get_redirect_target(resp)
        fragment = url and urlparse(req.url).fragment
        while url:
            following = req.copy()
            resp.history = passed[:]
            passed.append(resp)
            try:
                resp.content
            except (ChunkedEncodingError, ContentDecodingError, RuntimeError):
                resp.raw.read(decode_content=False)
            if len(resp.history) >= self.max_redirects:
                raise TooManyRedirects(f"Exceeded {self.max_redirects} redirects.", response=resp)
            resp.close()
            following.url, fragment = self._follow_url(url, resp, fragment)
            self.rebuild_method(following, resp)
            headers = following.headers
            if resp.status_code not in (codes.temporary_redirect, codes.permanent_redirect):
                for name in ("Content-Length", "Content-Type", "Transfer-Encoding"):
                    headers.pop(name, None)
                following.body = None
            headers.pop("Cookie", None)
            jar = following._cookies
            extract_cookies_to_jar(jar, req, resp.raw)
            merge_cookies(jar, self.cookies)
            following.prepare_cookies(jar)
            proxies = self.rebuild_proxies(following, proxies)
            self.rebuild_auth(following, resp)
            if following._body_position is not None and ("Content-Length" in headers or "Transfer-Encoding" in headers):
                _requests_go.rewind(following)
            req = following
            if yield_requests:
                yield req
                continue
            resp = self.send(
                req, stream=stream, timeout=timeout, verify=verify, cert=cert, proxies=proxies, allow_redirects=False, **adapter_kwargs)
            extract_cookies_to_jar(self.cookies, following, resp.raw)
            url = self.get_redirect_target(resp)
            yield resp

    def rebuild_auth(self, prepared_request, response):
        headers, url = prepared_request.headers, prepared_request.url
        if "Authorization" in headers and self.should_strip_auth(response.request.url, url):
            del headers["Authorization"]
        found = get_netrc_auth(url) if self.trust_env else None
        if found is not None:
            prepared_request.prepare_auth(found)

    def rebuild_proxies(self, prepared_request, proxies):
        headers = prepared_request.headers
        scheme = urlparse(prepared_request.url).scheme
        chosen = resolve_proxies(prepared_request, proxies, self.trust_env)
        if "Proxy-Authorization" in headers:
            del headers["Proxy-Authorization"]
        username, password = get_auth_from_url(chosen[scheme]) if scheme in chosen else (None, None)
        if not scheme.startswith("https") and username and password:
            headers["Proxy-Authorization"] = _basic_auth_str(username, password)
        return chosen

    def rebuild_method(self, prepared_request, response):
        method, status = prepared_request.method, response.status_code
        if status in (codes.see_other, codes.found) and method != "HEAD" or status == codes.moved and method == "POST":
            method = "GET"
        prepared_request.method = method


class Session:
    def __init__(self):
        self.adapters = {}
        self.mount("https://", HTTPAdapter())
        self.mount("http://", HTTPAdapter())

    def prepare_request(self, request):
        cookies = request.cookies or {}
        if not isinstance(cookies, CookieJar):
            cookies = cookiejar_from_dict(cookies)
        cookies = merge_cookies(merge_cookies(RequestsCookieJar(), self.cookies), cookies)
        auth = request.auth
        if self.trust_env and not auth and not self.auth:
            auth = get_netrc_auth(request.url)
        prepared = PreparedRequest()
        prepared.prepare(
            method=request.method.upper(), url=request.url, files=request.files, data=request.data, json=request.json,
            headers=merge_setting(request.headers, self.headers, dict_class=CaseInsensitiveDict),
            params=merge_setting(request.params, self.params), auth=merge_setting(auth, self.auth), cookies=cookies,
            hooks=merge_hooks(request.hooks, self.hooks))
        return prepared

    def request(self, method, url, params=None, data=None, headers=None, cookies=None, files=None, auth=None, timeout=None,
                allow_redirects=True, proxies=None, hooks=None, stream=None, verify=None, cert=None, json=None):
        if isinstance(url, bytes):
            url = url.decode("utf-8")
        prepared = self.prepare_request(Request(
            method=method.upper(), url=url, headers=headers, files=files, data=data or {}, json=json, params=params or {}, auth=auth,
            cookies=cookies, hooks=hooks))
        settings = self.merge_environment_settings(prepared.url, proxies or {}, stream, verify, cert)
        return self.send(prepared, **{"timeout": timeout, "allow_redirects": allow_redirects, **settings})

    def get(self, url, params=None, **kwargs):
        kwargs.setdefault("allow_redirects", True)
        return self.request("GET", url, params=params, **kwargs)

    def options(self, url, **kwargs):
        kwargs.setdefault("allow_redirects", True)
        return self.request("OPTIONS", url, **kwargs)

    def head(self, url, **kwargs):
        kwargs.setdefault("allow_redirects", False)
        return self.request("HEAD", url, **kwargs)

    def post(self, url, data=None, json=None, **kwargs):
        return self.request("POST", url, data=data, json=json, **kwargs)

    def put(self, url, data=None, **kwargs):
        return self.request("PUT", url, data=data, **kwargs)

    def patch(self, url, data=None, **kwargs):
        return self.request("PATCH", url, data=data, **kwargs)

    def delete(self, url, **kwargs):
        return self.request("DELETE", url, **kwargs)

    def send(self, request, **kwargs):
        kwargs.setdefault("stream", self.stream)
        kwargs.setdefault("verify", self.verify)
        kwargs.setdefault("cert", self.cert)
        if "proxies" not in kwargs:
            kwargs["proxies"] = resolve_proxies(request, self.proxies, self.trust_env)
        if isinstance(request, Request):
            raise ValueError("You can only send PreparedRequests.")
        follow = kwargs.pop("allow_redirects", True)
        stream, hooks = kwargs.get("stream"), request.hooks
        adapter = self.get_adapter(url=request.url)
        began = preferred_clock()
        r = adapter.send(request, **kwargs)
        r.elapsed = timedelta(seconds=preferred_clock() - began)
        r = dispatch_hook("response", hooks, r, **kwargs)
        for earlier in r.history:
            extract_cookies_to_jar(self.cookies, earlier.request, earlier.raw)
        extract_cookies_to_jar(self.cookies, request, r.raw)
        if follow:
            answers = [r, *self.resolve_redirects(r, request, **kwargs)]
            if len(answers) > 1:
                r = answers.pop()
                r.history = answers
        else:
            r._next = next(self.resolve_redirects(r, request, yield_requests=True, **kwargs), None)
        if not stream:
            r.content
        return r

    def merge_environment_settings(self, url, proxies, stream, verify, cert):
        if self.trust_env:
            found = get_environ_proxies(url, no_proxy=proxies.get("no_proxy") if proxies is not None else None)
            if proxies is not None:
                for name, proxy in found.items():
                    proxies.setdefault(name, proxy)
            if verify is True or verify is None:
                verify = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or verify
        return {
            "proxies": merge_setting(proxies, self.proxies), "stream": merge_setting(stream, self.stream),
            "verify": merge_setting(verify, self.verify), "cert": merge_setting(cert, self.cert)}

    def get_adapter(self, url):
        for prefix, adapter in self.adapters.items():
            if url.lower().startswith(prefix.lower()):
                return adapter
        raise InvalidSchema(f"No connection adapters were found for {url!r}")

    def close(self):
        for adapter in self.adapters.values():
            adapter.close()

    def mount(self, prefix, adapter):
        self.adapters[prefix] = adapter
        for shorter in [key for key in self.adapters if len(key) < len(prefix)]:
            self.adapters[shorter] = self.adapters.pop(shorter)


def _followed(session, response, timeout, stream, verify, cert):
    """What a response is redirected to, as send goes on."""
    settings = session.merge_environment_settings(response.request.url, {}, stream, verify, cert)
    answers = [response, *session.resolve_redirects(response, response.request, timeout=timeout, **settings)]
    last = answers.pop()
    if answers:
        last.history = answers
    if not settings["stream"]:
        last.content
    return last


_bodies = {"SessionRedirectMixin": SessionRedirectMixin, "Session": Session}
SessionRedirectMixin, Session = _requests_go.SessionRedirectMixin, _requests_go.Session


def session():
    return Session()


_requests_go.watch_module(globals())
