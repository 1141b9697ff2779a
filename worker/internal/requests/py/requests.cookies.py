"""Cookies."""
from _requests_go import Cookie, CookieJar, RequestsCookieJar, cookie_header, create_cookie, fill_jar


class CookieConflictError(RuntimeError):
    pass


def cookiejar_from_dict(cookie_dict, cookiejar=None, overwrite=True):
    if cookiejar is None:
        cookiejar = RequestsCookieJar()
    if cookie_dict is not None:
        fill_jar(cookiejar, cookie_dict, overwrite)
    return cookiejar


def merge_cookies(cookiejar, cookies):
    if not isinstance(cookiejar, CookieJar):
        raise ValueError("You can only merge into CookieJar")
    if isinstance(cookies, (dict, CookieJar)):
        fill_jar(cookiejar, cookies, False)
    return cookiejar


def remove_cookie_by_name(cookiejar, name, domain=None, path=None):
    for cookie in list(cookiejar):
        if cookie.name == name and domain in (None, cookie.domain) and path in (None, cookie.path):
            cookiejar.clear(cookie.domain, cookie.path, cookie.name)


def extract_cookies_to_jar(jar, request, response):
    if getattr(response, "_original_response", None):
        jar.extract_cookies(response, request)


def get_cookie_header(jar, request):
    return cookie_header(jar, request)
