# Characters that came with Unicode 15, which CPython 3.11 does not know, beside those that were there before.
for c in "\U0001fae8\U00011f02\U00011f50\U0001d2c0\U0001e4d0\U0001e4f0\U00031350\U000323af\U0001f6dc\u0cf3", "\U0001fae7\U00011f00é٣𝟘🙂\U00031349":
    for c in c:
        print(ascii(c), ascii(repr(c)), c.isprintable(), c.isalpha(), c.isalnum(), c.isdecimal(), c.isnumeric(), c.isidentifier(), ("a" + c).isidentifier())
