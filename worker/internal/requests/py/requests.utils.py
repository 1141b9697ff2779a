"""Helpers that locustfiles take from requests.utils."""
import os
import _requests_go
from _requests_environment import (
    NETRC_FILES, get_environ_proxies, get_netrc_auth, getproxies, proxy_bypass, resolve_proxies, select_proxy, should_bypass_proxies)
from _requests_go import requote_uri, default_headers
from requests.cookies import cookiejar_from_dict
from requests.structures import CaseInsensitiveDict
from urllib.parse import quote, unquote, urlparse, urlunparse

DEFAULT_PORTS = {"http": 80, "https": 443}
DEFAULT_CA_BUNDLE_PATH = "/etc/ssl/certs/ca-certificates.crt"


def default_user_agent(name="python-requests"):
    return f"{name}/2.34.2"


def dict_from_cookiejar(cj):
    return {cookie.name: cookie.value for cookie in cj}


def add_dict_to_cookiejar(cj, cookie_dict):
    return cookiejar_from_dict(cookie_dict, cj)


def get_encoding_from_headers(headers):
    return _requests_go.charset(headers.get("content-type") or "")


def get_auth_from_url(url):
    parsed = urlparse(url)
    try:
        return unquote(parsed.username), unquote(parsed.password)
    except (AttributeError, TypeError):
        return "", ""


def prepend_scheme_if_needed(url, new_scheme):
    """The URL with a scheme, and without what follows the host's name but the path."""
    if "://" not in url:
        url = f"{new_scheme}://{url.removeprefix('//')}"
    return url


def guess_filename(obj):
    name = getattr(obj, "name", None)
    if name and isinstance(name, (str, bytes)) and name[0] != "<" and name[-1] != ">":
        return os.path.basename(name)


def to_key_val_list(value):
    if value is None:
        return None
    if isinstance(value, (str, bytes, bool, int)):
        raise ValueError("cannot encode objects that are not 2-tuples")
    return list(value.items() if hasattr(value, "items") else value)


def parse_dict_header(value):
    result, name, rest = {}, "", value
    while rest:
        rest = rest.lstrip(" ,")
        name, sep, rest = rest.partition("=")
        if not sep:
            if name.strip():
                result[name.strip()] = None
            break
        if rest.startswith('"'):
            end = 1
            while end < len(rest) and rest[end] != '"':
                end += 2 if rest[end] == "\\" else 1
            text, rest = rest[1:end].replace('\\"', '"').replace("\\\\", "\\"), rest[end + 1:]
        else:
            text, _, rest = rest.partition(",")
        result[name.strip()] = text.strip() if not text.startswith('"') else text
    return result


def unquote_unreserved(uri):
    return requote_uri(uri)


def super_len(o):
    """How much of a text or a file is still to be read; 0 if nobody knows."""
    total, here = None, 0
    if isinstance(o, str):
        o = o.encode("utf-8")
    if hasattr(o, "__len__"):
        total = len(o)
    elif hasattr(o, "len"):
        total = o.len
    elif hasattr(o, "fileno"):
        try:
            total = os.fstat(o.fileno()).st_size
        except (OSError, AttributeError):
            pass
    if hasattr(o, "tell"):
        try:
            here = o.tell()
            if total is None and hasattr(o, "seek"):
                o.seek(0, 2)
                total = o.tell()
                o.seek(here or 0)
        except OSError:
            here = total = total or 0
    return max(0, (total or 0) - here)


def urldefragauth(url):
    scheme, netloc, path, params, query, _ = urlparse(url)
    if not netloc:
        netloc, path = path, netloc
    return urlunparse((scheme, netloc.rsplit("@", 1)[-1], path, params, query, ""))
