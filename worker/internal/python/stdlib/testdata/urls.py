from urllib.parse import *
import urllib.parse as up
def show(f, *a, **kw):
    try: print(f(*a, **kw))
    except Exception as e: print(type(e).__name__, e)
for u in ("http://h/p?q#frag", "http://h/p", "#x", b"http://h/p#b", ""): r = urldefrag(u); print(r, r.url, r.fragment, r.geturl(), type(r).__name__)
for u in (b"http://U:p%40@H.com:80/a;b?c=d#e", "http://user:pw@[::1]:8080/x", "HTTP://EXAMPLE.com/%7E", "//h/x", "mailto:a@b.c", "http://h:99999/", "http://h:x/", "http://h:/", "http://[::1", "a/b;c/d;e", "http://h?x=1", "http://h#f", "  http://h/a\nb", "http://h\t/", "http://@h", "http://u@h", "path:80", "http:///x"):
    try:
        s = urlsplit(u); p = urlparse(u)
        print(u, s, p, s.geturl(), p.geturl(), p.username, p.password, p.hostname)
        print(p.port)
    except Exception as e: print(u, type(e).__name__, e)
print(urlsplit(b"http://h/x?y").decode(), urlparse("http://h/x;p?y").encode(), urlsplit("http://h:1/x").encode("ascii").port, urlparse(b"http://h/x").decode() == urlparse("http://h/x"), type(urlsplit(b"")).__name__, type(urlparse(b"")).__name__)
print(quote_from_bytes(b"a b\xff/"), quote_from_bytes(b"/", b""), unquote_to_bytes("a%20b%zz%C3%A9é"), unquote_to_bytes(b"%41"), unquote(b"a%20b"), quote(b"\xe9"), quote("é", encoding="latin-1"), unquote("%E9", "latin-1"), quote("~a-b_c.d"), quote_plus("a b+c/"), quote_plus("a b", safe=" "), unquote_plus("a+b%2B"))
show(quote_from_bytes, "s"); show(quote, b"a", encoding="utf-8"); show(quote, 5); show(unquote, "%ff%41%"); show(unquote, "é%C3%A9%E9x")
for args in (("a=1&b=2&a=3&c=&d",), ("a=1;b=2",), ("a=%20+&b=%C3%A9",), ("",), (b"a=1&b=2",), ("a==b&=c",)):
    show(parse_qs, *args); show(parse_qsl, *args); show(parse_qsl, *args, keep_blank_values=True)
show(parse_qsl, "a=1;b=2", separator=";"); show(parse_qs, "a&b=1", strict_parsing=True); show(parse_qs, "a=1&b=2", max_num_fields=1); show(parse_qsl, "a=1", separator=""); show(parse_qs, "a=%E9", encoding="latin-1")
print(urlencode({"a": "x y", "b": [1, 2], "c": "é", "d": None, "e": b"\xff", "f": True}), urlencode([("a", 1), ("a", "2")]), urlencode({"a": [1, "x y"], "b": "xy", "c": 5, "d": b"z"}, doseq=True), urlencode({"a": "b c/"}, quote_via=quote), urlencode({"a": "/"}, safe="/"), urlencode({"é": "é"}, encoding="latin-1")); show(urlencode, "ab"); show(urlencode, 5)
base = "http://a/b/c/d;p?q"
for r in ("g:h", "g", "./g", "g/", "/g", "//g", "?y", "g?y", "#s", "g#s", "g?y#s", ";x", "g;x", "g;x?y#s", "", ".", "./", "..", "../", "../g", "../..", "../../", "../../g", "../../../g", "../../../../g", "/./g", "/../g", "g.", ".g", "g..", "..g", "./../g", "./g/.", "g/./h", "g/../h", "g;x=1/./y", "g;x=1/../y", "g?y/./x", "g#s/../x", "http:g", "http://x/y", "HTTP://X"): print(r, urljoin(base, r))
print(urljoin("a/b", "c"), urljoin("", "x"), urljoin("http://h", "x"), urljoin("http://h", "?x"), urljoin("mailto:a", "b"), urljoin(b"http://h/a/", b"b"), urljoin("http://h/a", "https:b"), urljoin("ftp://h/a", "//i/x")); show(urljoin, "a", b"b"); show(urlsplit, 5)
print(urlunsplit(("http", "h", "p", "q", "f")), urlunsplit(("", "", "//x", "", "")), urlunparse(("s", "h", "/p", "x", "", "")), urlunsplit(("file", "", "/x", "", "")), urlunsplit([b"http", b"h", b"/", b"", b""]), urlunsplit(("http", "", "x", "", "")))
print(urlsplit("http://h/x")._replace(netloc="i", query="z").geturl(), urlsplit("h", scheme="http"), urlsplit("x#y", allow_fragments=False), up.unwrap("<URL:http://h>"))
