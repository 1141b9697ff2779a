"""Cookie jars."""
from _requests_go import Cookie, CookieJar


class CookiePolicy:
    pass


class DefaultCookiePolicy(CookiePolicy):
    def __init__(self, *args, **kwargs):
        pass


class LoadError(OSError):
    pass
