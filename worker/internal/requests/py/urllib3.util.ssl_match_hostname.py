"""Whether a certificate is for a name."""
import re
from _requests_go import packed


class CertificateError(ValueError):
    pass


def _is_named(pattern, hostname):
    first, *rest = pattern.split(".")
    if first.count("*") > 1:
        raise CertificateError(f"too many wildcards in certificate DNS name: {pattern!r}")
    if "*" not in first:
        return pattern.lower() == hostname.lower()
    if first == "*":
        label = "[^.]+"
    elif first.startswith("xn--") or hostname.startswith("xn--"):
        label = re.escape(first)
    else:
        label = "[^.]*".join(re.escape(part) for part in first.split("*"))
    return re.fullmatch(r"\.".join([label, *map(re.escape, rest)]), hostname, re.IGNORECASE) is not None


def match_hostname(cert, hostname, hostname_checks_common_name=False):
    if not cert:
        raise ValueError(
            "empty or no certificate, match_hostname needs a SSL socket or SSL context with either CERT_OPTIONAL or CERT_REQUIRED")
    address = packed(hostname)
    names = []
    for kind, name in cert.get("subjectAltName", ()):
        if kind == "DNS" and address is None and _is_named(name, hostname):
            return
        if kind == "IP Address" and address is not None and packed(name.rstrip()) == address:
            return
        if kind in ("DNS", "IP Address"):
            names.append(name)
    if hostname_checks_common_name and address is None and not names:
        for kind, name in [pair for part in cert.get("subject", ()) for pair in part]:
            if kind == "commonName":
                if _is_named(name, hostname):
                    return
                names.append(name)
    if not names:
        raise CertificateError("no appropriate subjectAltName fields were found")
    shown = ", ".join(map(repr, names))
    raise CertificateError(f"hostname {hostname!r} doesn't match {'either of ' if len(names) > 1 else ''}{shown}")
