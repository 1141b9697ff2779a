"""What urllib3 does around a handshake: the SSLContext that a pool's settings make, and whether the server is the one that was meant."""
import os
from urllib3.exceptions import SSLError
from urllib3.util.ssl_ import ALPN_PROTOCOLS, assert_fingerprint, create_urllib3_context, resolve_cert_reqs, resolve_ssl_version
from urllib3.util.ssl_match_hostname import match_hostname


def context(cert_reqs=None, ca_certs=None, ca_cert_dir=None, ca_cert_data=None, cert_file=None, key_file=None, key_password=None,
            ssl_context=None, ssl_version=None, ssl_minimum_version=None, ssl_maximum_version=None, assert_hostname=None, fingerprint=None):
    """The SSLContext, and whether the name in the certificate is still to be looked at."""
    from ssl import CERT_NONE
    if cert_reqs is None and ssl_context is not None:
        cert_reqs = ssl_context.verify_mode
    cert_reqs = resolve_cert_reqs(cert_reqs)
    if ssl_context is None:
        made = create_urllib3_context(
            ssl_version=resolve_ssl_version(ssl_version), cert_reqs=cert_reqs, ssl_minimum_version=ssl_minimum_version,
            ssl_maximum_version=ssl_maximum_version)
    else:
        made = ssl_context
    made.verify_mode = cert_reqs
    if fingerprint or assert_hostname or assert_hostname is False:
        made.check_hostname = False
    _trust(made, ssl_context is None, ca_certs and os.path.expanduser(ca_certs), ca_cert_dir and os.path.expanduser(ca_cert_dir), ca_cert_data)
    _show(made, cert_file, key_file, key_password)
    made.set_alpn_protocols(ALPN_PROTOCOLS)
    return made, not fingerprint and made.verify_mode != CERT_NONE and not made.check_hostname and assert_hostname is not False


def _trust(made, own, *authorities):
    if any(authorities):
        try:
            made.load_verify_locations(*authorities)
        except OSError as e:
            raise SSLError(e) from e
    elif own:
        made.load_default_certs()


def _show(made, cert_file, key_file, password):
    if key_file and password is None and _is_encrypted(key_file):
        raise SSLError("Client private key is encrypted, password is required")
    if cert_file:
        made.load_cert_chain(cert_file, key_file, password)


def _is_encrypted(path):
    with open(path) as f:
        return any("ENCRYPTED" in line for line in f)


def unlike(certificate, names, fingerprint, hostname):
    """The exception for a server's certificate that is not the one that was meant."""
    try:
        if fingerprint:
            assert_fingerprint(certificate, fingerprint)
        else:
            match_hostname({"subjectAltName": tuple(names)}, hostname)
    except Exception as e:
        return e
