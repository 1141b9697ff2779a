from locust import HttpUser, task


class ParamUser(HttpUser):
    @task
    def dict_params(self):
        self.client.get("/search", params={"q": "hello world", "lang": "de", "page": 2, "none": None, "flag": True, "ids": [1, 2, 3], "special": "a/b?c=d&e#f+g", "uni": "ß"})

    @task
    def existing_query(self):
        self.client.get("/search?fixed=1", params={"more": "2"})
        self.client.get("/search?fixed=1#fragment", params=[("x", "y")])

    @task
    def string_params(self):
        self.client.get("/search", params="raw=1&other=zwei drei")

    @task
    def odd_paths(self):
        self.client.get("/path with space/ü/%41%2f?x=a b&y=%zz")
        self.client.get("//double//slash")
        self.client.get("/dots/../up/./here")
        self.client.get("/empty?")
        self.client.get("")
