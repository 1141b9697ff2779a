"""A pool that users share: no more requests at a time than it says, with its own settings."""
import time

import gevent
from geventhttpclient import HTTPClient
from geventhttpclient.client import HTTPClientPool
from locust import FastHttpUser, SequentialTaskSet, task

shared = HTTPClientPool(concurrency=1, network_timeout=2)


class Steps(SequentialTaskSet):
    @task
    def shared_pool(self):
        began, ended = time.time(), []

        def one(n):
            ended.append((self.client.get("/slow", name=f"slow {n}").status_code, n))

        gevent.joinall([gevent.spawn(one, n) for n in range(3)])
        print(ended, ended[0][0] == 200 and time.time() - began > 1.1)
        print(self.client.client.clientpool is shared, [type(c).__name__ for c in shared.clients.values()], [k[0] for k in shared.clients])

    @task
    def of_the_pool_not_of_the_user(self):
        print(self.client.get("/slow", name="within the pool's timeout").status_code, shared.client_args)

    @task
    def stays_open(self):
        r = self.client.get("/bytes/20000", stream=True, name="held")
        if r.status_code:
            print(len(r.content))
        print(self.client.get("/plain").status_code)
        shared.close()
        print(len(shared.clients), self.client.get("/plain").status_code)

    @task
    def a_client_by_hand(self):
        with_path = HTTPClient.from_url(self.user.host + "/ignored", concurrency=1)
        for answer in [with_path.get("/plain"), with_path.post("/echo", body="b", headers={"X-A": "1"}), with_path.request("OPTIONS", "plain")]:
            print(answer.status_code, answer.get("content-type"), answer.read())

    @task
    def a_wrong_request(self):
        HTTPClient.from_url(self.user.host).get("//double")


class U(FastHttpUser):
    tasks = [Steps]
    client_pool = shared
    network_timeout = 0.05
