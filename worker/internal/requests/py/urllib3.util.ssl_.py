"""The settings of TLS as urllib3 makes them."""
from urllib3.exceptions import SSLError

ALPN_PROTOCOLS = ["http/1.1"]


def assert_fingerprint(cert, fingerprint):
    import hashlib
    from binascii import Error as BinasciiError, unhexlify
    if cert is None:
        raise SSLError("No certificate for the peer.")
    fingerprint = fingerprint.replace(":", "").lower()
    algorithm = {32: hashlib.md5, 40: hashlib.sha1, 64: hashlib.sha256}.get(len(fingerprint))
    if algorithm is None:
        raise SSLError(f"Fingerprint of invalid length: {fingerprint}")
    try:
        wanted = unhexlify(fingerprint.encode())
    except BinasciiError as e:
        raise SSLError(e) from e
    digest = algorithm(cert).digest()
    if digest != wanted:
        raise SSLError(f'Fingerprints did not match. Expected "{fingerprint}", got "{digest.hex()}"')


def _resolve(candidate, prefix, default):
    import ssl
    if candidate is None:
        return getattr(ssl, default)
    if isinstance(candidate, str):
        found = getattr(ssl, candidate, None)
        return getattr(ssl, prefix + candidate) if found is None else found
    return candidate


def resolve_cert_reqs(candidate):
    return _resolve(candidate, "CERT_", "CERT_REQUIRED")


def resolve_ssl_version(candidate):
    return _resolve(candidate, "PROTOCOL_", "PROTOCOL_TLS")


def _exactly(version):
    """The lowest and the highest version that a PROTOCOL_ of one version stands for."""
    import ssl
    return {ssl.PROTOCOL_TLSv1_2: ssl.TLSVersion.TLSv1_2, 3: ssl.TLSVersion.TLSv1, 4: ssl.TLSVersion.TLSv1_1}.get(
        version, ssl.TLSVersion.MINIMUM_SUPPORTED)


def create_urllib3_context(ssl_version=None, cert_reqs=None, options=None, ciphers=None, ssl_minimum_version=None, ssl_maximum_version=None,
                           verify_flags=None):
    import ssl
    if ssl_version not in (None, ssl.PROTOCOL_TLS, ssl.PROTOCOL_TLS_CLIENT):
        if ssl_minimum_version is not None or ssl_maximum_version is not None:
            raise ValueError("Can't specify both 'ssl_version' and either 'ssl_minimum_version' or 'ssl_maximum_version'")
        ssl_minimum_version = ssl_maximum_version = _exactly(ssl_version)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2 if ssl_minimum_version is None else ssl_minimum_version
    if ssl_maximum_version is not None:
        context.maximum_version = ssl_maximum_version
    if ciphers:
        context.set_ciphers(ciphers)
    context.options |= ssl.OP_NO_SSLv3 | ssl.OP_NO_COMPRESSION | ssl.OP_NO_TICKET if options is None else options
    if verify_flags:
        context.verify_flags |= verify_flags
    if cert_reqs is None or cert_reqs == ssl.CERT_REQUIRED:
        context.verify_mode, context.check_hostname = ssl.CERT_REQUIRED, True
    else:
        context.check_hostname, context.verify_mode = False, cert_reqs
    return context
