import html
from html.parser import HTMLParser
from http import HTTPStatus, HTTPMethod

print(html.escape("<a href='x'>\"&\"</a>"), html.escape("'\"", quote=False), html.unescape("&lt;&amp;&eacute;&#39;&#x27;&nope;&gt &copy2"))


class P(HTMLParser):
    def handle_starttag(self, tag, attrs):
        print("start", tag, attrs)

    def handle_endtag(self, tag):
        print("end", tag)

    def handle_data(self, data):
        print("data", repr(data))

    def handle_comment(self, data):
        print("comment", repr(data))

    def handle_decl(self, decl):
        print("decl", repr(decl))


p = P()
p.feed("<!DOCTYPE html><html><body class=a id='b' data-x=\"c &amp; d\" checked><p>Hello <b>there</B> &eacute; 1 < 2</p><br/><!-- a comment -->")
p.feed("<script>if (a < b) { x = '<p>' }</script><input type=hidden name='csrf' value='tok\"en'><img src=x /><a href=/q?a=1&b=2>q</a>")
p.feed("<sp")
p.feed("lit>x</split>tail")
p.close()


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.links = []

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.links.append(dict(attrs).get("href"))


k = Links()
k.feed('<a href="/1">1</a><A HREF="/2">2</A><a>3</a>')
print(k.links, k.getpos())

print(HTTPStatus.OK, HTTPStatus.OK == 200, HTTPStatus(404), HTTPStatus.NOT_FOUND.phrase, int(HTTPStatus.CREATED), HTTPStatus.OK.value, HTTPStatus["TEAPOT" if 0 else "IM_A_TEAPOT"].name)
print(f"{HTTPStatus.OK}", repr(HTTPStatus.BAD_GATEWAY), 500 in [HTTPStatus.INTERNAL_SERVER_ERROR], 200 <= HTTPStatus.NO_CONTENT < 300, len(list(HTTPStatus)))
print(HTTPMethod.GET, HTTPMethod.POST == "POST")
try:
    HTTPStatus(999)
except ValueError as e:
    print(e)
