import re
from re import compile as comp, sub

FLOAT = r"\d+\.\d+"
AHEAD = r"a(?=b)"
re.compile(FLOAT)
re.search(AHEAD, "ab")
comp(r"(a)\1")
sub("(?<!x)y", "", "")
re.escape("(?=")
re.compile(r"a  # (?=b) in a comment", re.VERBOSE)
re.sub("a", "b", "c", 0, re.X)
re.search("(?=a)", "b", flags=re.I)
re.compile(r"\u00e9\U0001F600(?i:x)(?>a+)b++(?P<n>c)(?P=n)(?(n)d|e)")
re.compile(r"(?P<year>\d+")  # fails: regular expression of re.compile: missing ), unterminated subpattern at position 0: re.error
re.compile("a) # (", re.X)  # fails: regular expression of re.compile: unbalanced parenthesis at position 1: re.error
re.compile("(?x)a  # (", re.I | re.M)
re.compile("a", re.DEBUG)  # warns: re.DEBUG prints nothing: what CPython prints is the program of its own engine
re.compile(r"\N{EM DASH}")
re.compile(r"\N{EM DISH}")  # fails: regular expression of re.compile: undefined character name 'EM DISH' at position 0: re.error
re.search("a", b"b", flags=re.ASCII | re.UNICODE)  # fails: regular expression of re.search: ASCII and UNICODE flags are incompatible: ValueError
re.compile("(", len(FLOAT))


def never_sure():
    re.match("*", "a")  # warns: regular expression of re.match: nothing to repeat at position 0: re.error
