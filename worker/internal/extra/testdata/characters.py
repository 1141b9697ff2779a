import unicodedata as u
def t(s):
    try: print(s,'->',repr(eval(s)))
    except BaseException as e: print(s,'->',type(e).__name__,str(e)[:300].replace('\n','|'))
for f in ('NFC','NFD','NFKC','NFKD'):
    for x in ('é','e\u0301','ﬁ','①','½','Ⅷ','한글','Å','ﷺ','\u1e9b\u0323','ǆ','A','', 'ß²'):
        n=u.normalize(f,x); print(f, ascii(x), ascii(n), u.is_normalized(f,x))
for c in 'aÄ5²½Ⅷ \n٣中\u0301€한\u200b\U0001f600𝟘॥\u0378⑴፩᧚🄁𐩀⓪':
    print(ascii(c), u.category(c), u.name(c,'-'), u.combining(c), u.bidirectional(c), u.east_asian_width(c), u.decimal(c,None), u.digit(c,None), u.numeric(c,None), 0)
for s in ['u.name("\\n")','u.lookup("LATIN SMALL LETTER A WITH DIAERESIS")','u.lookup("no such")','u.name("ab")','u.normalize("X","a")','u.lookup("SNOWMAN")','u.lookup("snowman")','u.lookup("CJK UNIFIED IDEOGRAPH-4E2D")','u.lookup("HANGUL SYLLABLE HAN")','u.decimal("a")','u.digit("a")','u.numeric("a")','u.normalize("NFKD","Crème Brûlée").encode("ascii","ignore")','"".join(c for c in u.normalize("NFD","Żółć") if not u.combining(c))','u.unidata_version','u.category("")','u.normalize("NFC",5)']: t(s)
import hashlib
every = [chr(i) for i in range(0x110000) if not 0xd800 <= i < 0xe000]
worths = [(ord(c), u.numeric(c)) for c in every if c.isnumeric()]
print(len(worths), hashlib.sha256(repr(worths).encode()).hexdigest())
print([u.numeric(c) for c in "零〇一二十百千萬亿兆壹贰参肆伍拾佰仟ↁ༳௰"])
names = "NULL|line feed|NBSP|VS1|VS256|VS0|VS01|VS257|ALERT|BELL|LATIN CAPITAL LETTER GHA|hangul syllable gag|HANGUL SYLLABLE GAG|cjk unified ideograph-4e00|CJK UNIFIED IDEOGRAPH-4E00|CJK UNIFIED IDEOGRAPH-4e00|CJK UNIFIED IDEOGRAPH-04E00|CJK UNIFIED IDEOGRAPH-41|TANGUT IDEOGRAPH-17000| |SHAKING FACE|cjk compatibility ideograph-f900"
for n in names.split("|"): t(f"u.lookup({n!r})")
print(ascii("\N{DIGIT ONE}\N{no-break space}\N{LF}\N{SNOWMAN}x"), f"\N{EM DASH}{1}\N{BULLET}", rf"\N{1}", b"\N{x}")
for s in [r"'\N{nope}'", r"'\N'", r"'ab\N{DIGIT ONE'", r"'abc\N{}'", r"'é\N{nope}'", r"f'\N{nope}'"]: t(s)
import re
for p in [r"\N{LATIN SMALL LETTER A}+", r"\N{}", r"x\N{no such}", r"\N", r"\N{LATIN", r"[\N{DIGIT ZERO}-\N{DIGIT NINE}\N{em dash}]+", r"(?i)\N{LATIN CAPITAL LETTER A WITH DIAERESIS}", r"\N{ünö}", rb"\N{DIGIT ONE}"]:
    t(f"re.findall({p!r}, 'aa 12 \u2014 \xe4')" if isinstance(p, str) else f"re.compile({p!r})")
print([u.category(c) for c in "\U0001fae8\U00031350\U0001fae7"])
