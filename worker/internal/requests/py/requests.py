"""requests: HTTP for people, on the worker's connections."""
import urllib3
from requests import exceptions, structures, cookies, auth, adapters, status_codes, utils, models, sessions, hooks, packages, compat, api
from requests.api import request, get, options, head, post, put, patch, delete
from requests.exceptions import (
    ConnectionError, ConnectTimeout, FileModeWarning, HTTPError, JSONDecodeError, ReadTimeout, RequestException, Timeout,
    TooManyRedirects, URLRequired)
from requests.models import PreparedRequest, Request, Response
from requests.sessions import Session, session
from requests.status_codes import codes

__version__ = "2.34.2"
__title__ = "requests"
