"""What a page's tokens are cut out with: look-around, letters of all alphabets, the end before a last newline."""
import re

from locust import HttpUser, constant, task

PAGE = '<form action="/sign-in">\n<input type="hidden" name="csrf" value="Zürich-42">\n<a href="/p/1">été</a> <a href="/p/22">x</a></form>\n'
CSRF = re.compile(r'(?<=name="csrf" value=")[^"]+')
LINK = re.compile(r"""
    <a \s href=(?P<quote>["'])   # whichever it begins with
    (?P<path> /p/\d+ )
    (?P=quote)>(?P<text>\w+)
    """, re.VERBOSE)


class Tokens(HttpUser):
    wait_time = constant(1)

    @task
    def sign_in(self):
        token = CSRF.search(PAGE).group()
        self.client.post("/sign-in", data={"csrf": token}, name=re.sub(r"\W+", "-", token))
        for m in LINK.finditer(PAGE):
            self.client.get(m["path"], name=re.sub(r"(?<=/)\d+", "{id}", m["path"]) + " " + m["text"])
        if re.match(r"^\d+$", "42\n"):
            self.client.get("/" + re.sub("x*", "-", "abxd"))
        self.client.get("/" + "/".join(re.split(r"\b", "a b")[1:3]).strip(), name=re.sub("(.)" * 10, r"\10\g<1>", "abcdefghij"))
        self.client.get("/" + re.compile("a{,2}").search("xaaa", 1).group())
        re.compile(r"(?<=a+)b")
