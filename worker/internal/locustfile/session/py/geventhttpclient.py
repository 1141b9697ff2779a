"""geventhttpclient, as far as Locust's FastHttpUser and locustfiles use it."""
from geventhttpclient.client import HTTPClient
from geventhttpclient.response import HTTPParseError
from geventhttpclient.url import URL
from geventhttpclient.useragent import UserAgent

__version__ = "2.6.1"

import _locust_fast  # which is to know the classes before anybody can change them
