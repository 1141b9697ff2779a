class Cookie:
    def __init__(self, version, name, value, *args, **kw):
        self.version, self.name, self.value = version, name, value
        self.__dict__.update(kw)


class CookiePolicy:
    pass


class DefaultCookiePolicy(CookiePolicy):
    def __init__(self, *args, **kw):
        self.__dict__.update(kw)


class CookieJar:
    def __init__(self, policy=None):
        self._cookies = []

    def set_cookie(self, cookie):
        self._cookies.append(cookie)

    def clear(self, *args):
        self._cookies.clear()

    def __iter__(self):
        return iter(self._cookies)

    def __len__(self):
        return len(self._cookies)
