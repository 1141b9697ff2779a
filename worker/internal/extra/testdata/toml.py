import io
import tomllib

print(tomllib.loads('''
# settings
title = "TOML \\u00e9 \\"q\\""
lit = 'C:\\path'
n = [1, -2, +3, 1_000, 0xff, 0o17, 0b101]
f = [1.5, -0.1e3, inf, 6.02_3e2]
yes = true
no = false
when = 1979-05-27T07:32:00Z
local = 1979-05-27 07:32:00.5
day = 1979-05-27
at = 07:32:00
long = """
one \\
   two
three "quoted" """
raw = \'\'\'a\\b
c\'\'\'
a.b.c = 1
"quoted key" = 2
point = { x = 1, y = { z = [ ] } }

[server]
host = "h"  # comment
ports = [
  8000, # first
  8001,
]
[server.tls]
on = true
[[user]]
name = "a"
[[user]]
name = "b"
[user.more]
x = 1
'''))
print(tomllib.load(io.BytesIO(b"a = 1\r\nb = 'x'\r\n")))
for bad in ("a = ", "a", "a = 1\na = 2", "[t]\n[t]", "a = [1", 'a = "x', "= 1", "a = 1 b = 2", "a = {x = 1", "[t", "a = nope", 'a = "\\q"', "a = 1979-13-01"):
    try:
        print(tomllib.loads(bad))
    except tomllib.TOMLDecodeError as e:
        print(repr(bad), e)
