import re
m = re.search(r"(?P<y>\d+)-(?P<m>\d+)(x)?", "é 2024-05!")
print(m.string, m.pos, m.endpos, m.lastindex, m.lastgroup, m.expand(r"\2/\g<y>"))
print(re.search("((a)(b))", "ab").lastindex, re.search("(a)(b)?", "a").lastindex, re.search("a", "a").lastindex, re.search("a", "a").lastgroup)
print(re.compile("(?P<a>x)(y)").groups, dict(re.compile("(?P<a>x)(y)(?P<b>z)").groupindex), re.search(b"(a)", b"xa").string, re.search(b"(a)", b"xa").endpos)
