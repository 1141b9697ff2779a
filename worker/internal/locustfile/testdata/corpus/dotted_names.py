import locust
import locust.exception


class DottedUser(locust.HttpUser):
    wait_time = locust.between(1, 2)

    @locust.task(2)
    def first(self):
        self.client.get("/first")

    @locust.task
    def second(self):
        with self.client.get("/second", catch_response=True) as r:
            if not r.text:
                raise locust.exception.ResponseError("empty")
            raise locust.exception.ResponseError("refused on purpose")
