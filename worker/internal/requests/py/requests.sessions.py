"""Sessions."""
from _requests_go import Session, Request, PreparedRequest
from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar, cookiejar_from_dict, merge_cookies
from requests.structures import CaseInsensitiveDict
from requests.utils import default_headers


def session():
    return Session()


def merge_setting(request_setting, session_setting, dict_class=dict):
    if session_setting is None:
        return request_setting
    if request_setting is None:
        return session_setting
    if not (hasattr(session_setting, "items") and hasattr(request_setting, "items")):
        return request_setting
    merged = dict_class(session_setting)
    merged.update(request_setting)
    for name in [name for name, value in merged.items() if value is None]:
        del merged[name]
    return merged
