from locust import HttpUser, task


class EncodingUser(HttpUser):
    @task
    def texts(self):
        for path in ("/latin", "/bare", "/plain", "/gzip", "/deflate", "/lines", "/unicode", "/empty", "/csv"):
            r = self.client.get(path)
            print(path, r.encoding, r.apparent_encoding if path == "/bare" else "", repr(r.text[:30]), len(r.content or b""), len(r.text))

    @task
    def lines(self):
        r = self.client.get("/lines", stream=True)
        print([line for line in r.iter_lines()] if r.raw else "nothing")

    @task
    def decoded_lines(self):
        r = self.client.get("/lines", stream=True)
        print([line for line in r.iter_lines(decode_unicode=True)] if r.raw else "nothing")

    @task
    def chunks(self):
        r = self.client.get("/bytes/2000", stream=True)
        print([len(c) for c in r.iter_content(chunk_size=512)] if r.raw else "nothing")
        r.close()

    @task
    def json(self):
        r = self.client.get("/unicode")
        if r.status_code == 200:
            print(r.json(), r.json()["emoji"] == "🚀")
