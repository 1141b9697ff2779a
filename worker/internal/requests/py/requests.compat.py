"""Names that old code takes from requests.compat."""
import json
from urllib.parse import quote, quote_plus, unquote, unquote_plus, urlencode, urljoin, urlparse, urlsplit, urlunparse
from json import JSONDecodeError

builtin_str, str, bytes, basestring = str, str, bytes, (str, bytes)
numeric_types, integer_types = (int, float), (int,)
