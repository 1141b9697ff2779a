from locust._worker import HttpSession, ResponseContextManager
from locust.exception import CatchResponseError, LocustError, ResponseError


def __getattr__(name):
    if name == "LocustHttpAdapter":
        from _locust_http import LocustHttpAdapter
        return LocustHttpAdapter
    raise AttributeError(f"module 'locust.clients' has no attribute '{name}'")
