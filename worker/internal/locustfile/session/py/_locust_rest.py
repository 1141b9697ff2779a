"""HttpUser.rest and rest_: requests of a JSON API, judged by what the with-block asserts."""
import re
import time
import traceback
from contextlib import contextmanager
from json import JSONDecodeError

_frame = re.compile(r'  File "(\/.[^"]*)", line (\d*),(.*)')


def _short(response):
    return response.text[:200] if response.text else response.text


def _where():
    places = []
    for line in traceback.format_exc().split("\n"):
        match = _frame.match(line)
        if match:
            name = re.sub(r"/((home|Users)/\w*)/", "~/", match.group(1))
            places.append(name + ":" + match.group(2) + match.group(3))
    return ", ".join(places)


@contextmanager
def rest(self, method, url, headers=None, **kwargs):
    headers = dict(headers) if headers else {}
    for name, small in (("Content-Type", "content-type"), ("Accept", "accept")):
        if name not in headers and small not in headers:
            headers[name] = "application/json"
    with self.client.request(method, url, catch_response=True, headers=headers, **kwargs) as response:
        response.js = None
        if response.content is None:
            response.failure(str(response.error))
        elif response.text:
            try:
                response.js = response.json()
            except JSONDecodeError as e:
                response.failure(f"Could not parse response as JSON. {response.text[:250]}, response code {response.status_code}, error {e}")
        try:
            yield response
        except AssertionError as e:
            if not e.args:
                response.failure("Assertion failed")
            elif e.args[0].endswith(","):
                response.failure(f"{e.args[0][:-1]}, response was {_short(response)}")
            else:
                response.failure(e.args[0])
        except Exception as e:
            response.failure(f"{e.__class__.__name__}: {e} at {_where()}. Response was {_short(response)}")


@contextmanager
def rest_(self, method, url, name=None, **kwargs):
    separator = "&" if "?" in url else "?"
    if name is None:
        name = url + separator + "_=..."
    with self.rest(method, f"{url}{separator}_={int(time.time() * 1000)}", name=name, **kwargs) as response:
        yield response
