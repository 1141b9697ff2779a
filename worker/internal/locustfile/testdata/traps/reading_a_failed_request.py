"""requests does not expect to iterate over the content of a response that is none."""
from locust import HttpUser, task


def attempt(what, f):
    try:
        print(what, f())
    except Exception as e:
        print(what, type(e).__name__, e)


class U(HttpUser):
    @task
    def t(self):
        for stream in (False, True):
            r = self.client.get("/hang-up", stream=stream)
            if not r.status_code:
                attempt("close at first", lambda: r.close())
            attempt("consumed", lambda: r._content_consumed)
            attempt("lines", lambda: list(r.iter_lines()))
            attempt("text lines", lambda: list(r.iter_lines(decode_unicode=True)))
            attempt("pieces", lambda: list(r.iter_content(10)))
            attempt("iteration", lambda: list(r))
            attempt("content", lambda: r.content)
            attempt("lines again", lambda: list(r.iter_lines()))
            attempt("apparent encoding", lambda: r.apparent_encoding)
            attempt("raw", lambda: r.raw)
            attempt("links", lambda: r.links)
            attempt("repr", lambda: repr(r))
            attempt("close", lambda: r.close())
