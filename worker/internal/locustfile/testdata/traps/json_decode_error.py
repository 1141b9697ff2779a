"""One exception that is requests', json's and ValueError."""
import json
import requests
from locust import HttpUser, task


class U(HttpUser):
    @task
    def t(self):
        r = self.client.get("/broken-json")
        for kind in (json.JSONDecodeError, requests.exceptions.JSONDecodeError, ValueError, requests.RequestException):
            try:
                r.json()
            except kind as e:
                print(kind.__name__, type(e).__name__, e)

    @task
    def texts(self):
        for text in ("", "x", "{", '{"a"', '{"a":', "[1,", '"a', "tru", "1 2", '{"a": 1,}', "{'a': 1}", "[1 2]", "\ufeff1", '"\x01"', "nan", "-", "01", "1.e5"):
            try:
                print(repr(text), json.loads(text))
            except json.JSONDecodeError as e:
                print(repr(text), e, e.lineno, e.colno)
