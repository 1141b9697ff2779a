"""Accepted names of urllib3.util.ssl_."""


def create_urllib3_context(*args, **kwargs):
    raise NotImplementedError("TLS contexts are not supported: use verify= and cert=")
