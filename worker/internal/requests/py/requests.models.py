"""Requests and responses."""
from _requests_go import Request, PreparedRequest, Response
from requests.exceptions import *

REDIRECT_STATI = (301, 302, 303, 307, 308)
DEFAULT_REDIRECT_LIMIT = 30
CONTENT_CHUNK_SIZE = 10 * 1024
ITER_CHUNK_SIZE = 512
