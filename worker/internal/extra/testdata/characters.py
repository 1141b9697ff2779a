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
