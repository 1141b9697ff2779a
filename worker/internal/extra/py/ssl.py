"""The settings of TLS: what is said of a context is obeyed by the worker's own clients."""
import enum
from collections import namedtuple
from _ssl_go import SSLContext, bundle
from http_errors import SSLCertVerificationError, SSLEOFError, SSLError


class VerifyMode(enum.IntEnum):
    CERT_NONE = 0
    CERT_OPTIONAL = 1
    CERT_REQUIRED = 2


CERT_NONE, CERT_OPTIONAL, CERT_REQUIRED = VerifyMode
VERIFY_DEFAULT, VERIFY_CRL_CHECK_LEAF, VERIFY_CRL_CHECK_CHAIN, VERIFY_X509_STRICT, VERIFY_X509_TRUSTED_FIRST, VERIFY_X509_PARTIAL_CHAIN = 0, 4, 12, 32, 32768, 524288
OP_NO_TICKET, OP_LEGACY_SERVER_CONNECT, OP_NO_COMPRESSION, OP_IGNORE_UNEXPECTED_EOF, OP_NO_RENEGOTIATION = 16384, 4, 131072, 128, 1073741824
PROTOCOL_TLS, PROTOCOL_TLS_CLIENT, PROTOCOL_TLS_SERVER, PROTOCOL_TLSv1_2, PROTOCOL_SSLv23 = 2, 16, 17, 5, 2
OP_NO_SSLv2, OP_NO_SSLv3, OP_NO_TLSv1, OP_NO_TLSv1_1, OP_NO_TLSv1_2, OP_NO_TLSv1_3, OP_ALL = 0, 33554432, 67108864, 268435456, 134217728, 536870912, 2147483728
OPENSSL_VERSION, HAS_SNI, HAS_ALPN, HAS_TLSv1_3 = "Go crypto/tls", True, True, True


CertificateError = SSLCertVerificationError


class SSLZeroReturnError(SSLError):
    pass


class TLSVersion(enum.IntEnum):
    MINIMUM_SUPPORTED = -2
    SSLv3 = 768
    TLSv1 = 769
    TLSv1_1 = 770
    TLSv1_2 = 771
    TLSv1_3 = 772
    MAXIMUM_SUPPORTED = -1


class Purpose(enum.Enum):
    SERVER_AUTH = "1.3.6.1.5.5.7.3.1"
    CLIENT_AUTH = "1.3.6.1.5.5.7.3.2"


DefaultVerifyPaths = namedtuple("DefaultVerifyPaths", "cafile capath openssl_cafile_env openssl_cafile openssl_capath_env openssl_capath")


def get_default_verify_paths():
    return DefaultVerifyPaths(bundle(), None, "SSL_CERT_FILE", "/usr/lib/ssl/cert.pem", "SSL_CERT_DIR", "/usr/lib/ssl/certs")


def _trusting(context, cafile, capath, cadata):
    if cafile or capath or cadata:
        context.load_verify_locations(cafile, capath, cadata)
    elif context.verify_mode != CERT_NONE:
        context.load_default_certs()
    return context


def create_default_context(purpose=Purpose.SERVER_AUTH, *, cafile=None, capath=None, cadata=None):
    return _trusting(SSLContext(PROTOCOL_TLS_CLIENT), cafile, capath, cadata)


def _create_unverified_context(protocol=None, *, cert_reqs=CERT_NONE, check_hostname=False, purpose=Purpose.SERVER_AUTH, certfile=None, keyfile=None, cafile=None, capath=None, cadata=None):
    context = SSLContext(PROTOCOL_TLS_CLIENT if protocol is None else protocol)
    context.check_hostname = check_hostname
    if cert_reqs is not None:
        context.verify_mode = cert_reqs
    if certfile or keyfile:
        context.load_cert_chain(certfile, keyfile)
    return _trusting(context, cafile, capath, cadata)


_create_stdlib_context = _create_unverified_context
_create_default_https_context = create_default_context
