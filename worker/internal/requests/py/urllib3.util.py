"""urllib3's helpers."""
from urllib3.util.retry import Retry
from urllib3.util.ssl_ import ALPN_PROTOCOLS, assert_fingerprint, create_urllib3_context, resolve_cert_reqs, resolve_ssl_version
from urllib3.util.timeout import Timeout
from urllib3.util.url import Url, parse_url
