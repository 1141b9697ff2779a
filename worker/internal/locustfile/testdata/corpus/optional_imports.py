try:
    import orjson as json
except ImportError:
    import json
try:
    from no_such_package.sub import thing
except (ImportError, ModuleNotFoundError) as e:
    thing = None
    print(type(e).__name__, e)
from typing import TYPE_CHECKING

from locust import HttpUser, task

if TYPE_CHECKING:
    from also_missing import Type


class OptionalUser(HttpUser):
    @task
    def t(self):
        self.client.post("/optional", data=json.dumps({"thing": thing}))
