import enum

CERT_NONE, CERT_OPTIONAL, CERT_REQUIRED = 0, 1, 2
PROTOCOL_TLS, PROTOCOL_TLS_CLIENT, PROTOCOL_TLS_SERVER, PROTOCOL_TLSv1_2, PROTOCOL_SSLv23 = 2, 16, 17, 5, 2
OP_NO_SSLv2, OP_NO_SSLv3, OP_NO_TLSv1, OP_NO_TLSv1_1, OP_NO_TLSv1_2, OP_NO_TLSv1_3, OP_ALL = 0, 33554432, 67108864, 268435456, 134217728, 536870912, 2147483728
OPENSSL_VERSION, HAS_SNI, HAS_ALPN, HAS_TLSv1_3 = "Go crypto/tls", True, True, True


class SSLError(OSError):
    pass


class SSLCertVerificationError(SSLError, ValueError):
    pass


CertificateError = SSLCertVerificationError


class SSLZeroReturnError(SSLError):
    pass


class SSLEOFError(SSLError):
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


class SSLContext:
    def __init__(self, protocol=PROTOCOL_TLS):
        self.protocol, self.check_hostname, self.verify_mode = protocol, protocol == PROTOCOL_TLS_CLIENT, CERT_REQUIRED if protocol == PROTOCOL_TLS_CLIENT else CERT_NONE
        self.options, self.minimum_version, self.maximum_version, self.cafile, self.certfile, self.keyfile = OP_ALL, TLSVersion.TLSv1_2, TLSVersion.MAXIMUM_SUPPORTED, None, None, None

    def load_verify_locations(self, cafile=None, capath=None, cadata=None):
        self.cafile = cafile

    def load_cert_chain(self, certfile, keyfile=None, password=None):
        self.certfile, self.keyfile = certfile, keyfile

    def load_default_certs(self, purpose=None):
        pass

    set_default_verify_paths = load_default_certs

    def set_ciphers(self, ciphers):
        pass

    def set_alpn_protocols(self, protocols):
        pass


def create_default_context(purpose=Purpose.SERVER_AUTH, *, cafile=None, capath=None, cadata=None):
    c = SSLContext(PROTOCOL_TLS_CLIENT)
    if cafile:
        c.load_verify_locations(cafile)
    return c


def _create_unverified_context(protocol=None, *, cert_reqs=CERT_NONE, check_hostname=False, purpose=Purpose.SERVER_AUTH, certfile=None, keyfile=None, cafile=None, capath=None, cadata=None):
    return SSLContext(PROTOCOL_TLS)


_create_stdlib_context = _create_unverified_context
_create_default_https_context = create_default_context
