"""What the environment says of requests: proxies, and the credentials of a .netrc file."""
import os
import re
from urllib.parse import urlparse

NETRC_FILES = (".netrc", "_netrc")


def getproxies():
    """The variables NAME_proxy, in small letters before others."""
    found = {}
    for exact in (False, True):
        for name, value in os.environ.items():
            if name[-6:].lower() != "_proxy" or exact and name[-6:] != "_proxy":
                continue
            scheme = name[:-6].lower()
            if value:
                found[scheme] = value
            elif exact:
                found.pop(scheme, None)
        if not exact and "REQUEST_METHOD" in os.environ:
            found.pop("http", None)
    return found


def _is_or_below(names, domain):
    """Whether one of the names of a host is a domain, or below it."""
    domain = domain.lstrip(".")
    return any(name == domain or name.endswith("." + domain) for name in names)


def _ipv4(text):
    parts = text.split(".")
    if len(parts) == 4 and all(part.isdigit() and int(part) < 256 for part in parts):
        return sum(int(part) << shift for part, shift in zip(parts, (24, 16, 8, 0)))
    return None


def _in_network(address, network):
    base, slash, bits = network.partition("/")
    if not slash or not bits.isdigit() or not 1 <= int(bits) <= 32 or _ipv4(base) is None:
        return None
    shift = 32 - int(bits)
    return address >> shift == _ipv4(base) >> shift


def proxy_bypass(host, no_proxy=None):
    if no_proxy is None:
        no_proxy = getproxies().get("no")
    if no_proxy is None:
        return False
    names = [name.strip().lower() for name in no_proxy.split(",")]
    return no_proxy == "*" or any(name and _is_or_below([host.lower()], name) for name in names)


def should_bypass_proxies(url, no_proxy):
    listed = no_proxy
    if listed is None:
        listed = os.environ.get("no_proxy") or os.environ.get("NO_PROXY")
    parsed = urlparse(url)
    host = parsed.hostname
    if host is None:
        return True
    address = _ipv4(host)
    names = [host, f"{host}:{parsed.port}"] if parsed.port else [host]
    for entry in (listed or "").replace(" ", "").split(","):
        if not entry:
            continue
        if address is None:
            if _is_or_below(names, entry):
                return True
            continue
        within = _in_network(address, entry)
        if within or within is None and entry == host:
            return True
    return proxy_bypass(host, no_proxy)


def get_environ_proxies(url, no_proxy=None):
    return {} if should_bypass_proxies(url, no_proxy=no_proxy) else getproxies()


def select_proxy(url, proxies):
    if not proxies:
        return None
    parts = urlparse(url)
    if parts.hostname is None:
        return proxies.get(parts.scheme, proxies.get("all"))
    for key in (f"{parts.scheme}://{parts.hostname}", parts.scheme, f"all://{parts.hostname}", "all"):
        if key in proxies:
            return proxies[key]
    return None


def resolve_proxies(request, proxies, trust_env=True):
    proxies = proxies if proxies is not None else {}
    chosen, no_proxy = proxies.copy(), proxies.get("no_proxy")
    if trust_env and not should_bypass_proxies(request.url, no_proxy=no_proxy):
        scheme, found = urlparse(request.url).scheme, get_environ_proxies(request.url, no_proxy=no_proxy)
        proxy = found.get(scheme, found.get("all"))
        if proxy:
            chosen.setdefault(scheme, proxy)
    return chosen


def _netrc_entries(text):
    """The machines of a .netrc file with their login, account and password. What a macro holds is left out."""
    text = re.sub(r"(?m)^\s*macdef[^\n]*\n(?:[^\n]+\n)*", "\n", text)
    words = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', re.sub(r"(?m)(^|\s)#.*$", r"\1", text))
    words = [re.sub(r"\\(.)", r"\1", quoted or word) for quoted, word in words]
    entries, at = {}, 0
    while at < len(words):
        if words[at] == "machine" and at + 1 < len(words):
            name, at = words[at + 1], at + 2
        elif words[at] == "default":
            name, at = "default", at + 1
        else:
            raise ValueError(f"bad toplevel token {words[at]!r}")
        entry = {"login": "", "account": "", "password": ""}
        while at < len(words) and words[at] not in ("machine", "default"):
            if words[at] not in ("login", "user", "account", "password") or at + 1 == len(words):
                raise ValueError(f"bad follower token {words[at]!r}")
            entry["login" if words[at] == "user" else words[at]] = words[at + 1]
            at += 2
        entries[name] = entry["login"], entry["account"], entry["password"]
    return entries


def get_netrc_auth(url, raise_errors=False):
    if isinstance(url, bytes):
        url = url.decode("utf-8")
    named = os.environ.get("NETRC")
    places = [named] if named is not None else [f"~/{name}" for name in NETRC_FILES]
    path = next((place for place in map(os.path.expanduser, places) if os.path.exists(place)), None)
    host = urlparse(url).hostname if path is not None else None
    if host is None:
        return None
    try:
        with open(path, encoding="utf-8") as file:
            entries = _netrc_entries(file.read())
    except (ValueError, OSError):
        if raise_errors:
            raise
        return None
    entry = entries.get(host, entries.get("default"))
    if entry and any(entry):
        return entry[0] or entry[1] or "", entry[2] or ""
    return None
