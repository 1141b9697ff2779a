"""Cookie jars."""
from _requests_go import Cookie, CookieJar


class CookiePolicy:
    def set_ok(self, cookie, request):
        raise NotImplementedError()

    def return_ok(self, cookie, request):
        raise NotImplementedError()

    def domain_return_ok(self, domain, request):
        return True

    def path_return_ok(self, path, request):
        return True


class DefaultCookiePolicy(CookiePolicy):
    """What the jar itself does, and lists of domains that are blocked or alone allowed."""

    def __init__(self, blocked_domains=None, allowed_domains=None, *args, **kwargs):
        self._blocked_domains, self._allowed_domains = tuple(blocked_domains or ()), allowed_domains

    def blocked_domains(self):
        return self._blocked_domains

    def set_blocked_domains(self, blocked_domains):
        self._blocked_domains = tuple(blocked_domains)

    def allowed_domains(self):
        return self._allowed_domains

    def set_allowed_domains(self, allowed_domains):
        self._allowed_domains = allowed_domains

    @staticmethod
    def _listed(domain, domains):
        return any(domain == entry or entry.startswith(".") and domain.endswith(entry) for entry in domains)

    def is_blocked(self, domain):
        return self._listed(domain, self._blocked_domains)

    def is_not_allowed(self, domain):
        return self._allowed_domains is not None and not self._listed(domain, self._allowed_domains)

    def set_ok(self, cookie, request):
        return not self.is_blocked(cookie.domain) and not self.is_not_allowed(cookie.domain)

    return_ok = set_ok


class LoadError(OSError):
    pass
