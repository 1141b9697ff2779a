"""What gevent has of ssl: the same."""
from ssl import *
from ssl import _create_default_https_context, _create_stdlib_context, _create_unverified_context
