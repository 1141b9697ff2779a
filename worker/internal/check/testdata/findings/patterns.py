import re
from re import compile as comp, sub

FLOAT = r"\d+\.\d+"
AHEAD = r"a(?=b)"
re.compile(FLOAT)
re.search(AHEAD, "ab")  # lacks: regular expression of re.search: look-around in a regular expression is not supported: "a(?=b)"
comp(r"(a)\1")  # lacks: regular expression of re.compile: invalid escape sequence: \1
sub("(?<!x)y", "", "")  # lacks: regular expression of re.sub: look-around in a regular expression is not supported: "(?<!x)y"
re.escape("(?=")
re.compile(r"a  # (?=b) in a comment", re.VERBOSE)
re.sub("a", "b", "c", 0, re.X)
re.search("(?=a)", "b", flags=re.I)
