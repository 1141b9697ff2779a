# Expressions in which this interpreter once differed, found by TestLive.
def show(e):
    try: print(e, "->", repr(eval(e)))
    except Exception as x: print(e, "->", type(x).__name__, x)
for e in r"""format(0, 0.5)|format(b'', None)|min(memoryview(b''), 1)|97 in int|memoryview(b'') % 1|bytearray(b'%d') % 1|bytearray(b'') % []|memoryview(b'') - 1|'' * memoryview(b'x')|memoryview(b'') * 1
format(memoryview(b''), '5')|format(0, '😀')|b'%c' % ('',)|b'%c' % ('a',)|b'%c' % (300,)|b'%r' % ('😀',)|list(zip(0, 'ab'))|pow(2, '', 5)|pow(2, 1.5, 5)|memoryview(b'')['']|memoryview(b'ab')[5]|memoryview(b'ab')[(1,)]|memoryview(b'ab')[(1, 2)]
(-0.0).hex()|float('nan').hex()|(1.5).hex()|len({*0.5})|[*0]|(lambda *a: a)(*5)|(lambda *a: a)(*len([*0]))|format(float('inf'), 'q')|memoryview(b'') < b'ab'|b'' < memoryview(b'')|bytearray(b'') < memoryview(b'a')|memoryview(b'b') > bytearray(b'a')|b'a' == memoryview(b'a')
''.count(1)|''.partition(b'b')|str('', 'ascii')|''.ljust(4, b'-')|'' + memoryview(b'x')|b'a' + memoryview(b'x')|bytearray(b'') + 'a'|bytearray(0.5)|bytearray([256])|bytes([256])|(0).is_integer()|''.find('', 2)|''.count('', 1)|'ab'.find('', 2)|'ab'.rfind('', 3)|'ab'.startswith('', 3)
b'' % memoryview(b'')|b''.translate({97: 'z'})|slice(1, None) < slice(1, None)|slice(None, None, -1) < slice(1, None)|slice(1, 2) < slice(1, 3)|ord(b'')|ord('')|int(memoryview(b''), 0)|int(memoryview(b'x'))|int(memoryview(b'12'))|range(3).index('b')|range(3).index(7)
'{:c}'.format(2**63)|'{:c}'.format(-1)|'%c' % 2**63|'%c' % (-1,)|'%c' % (0x110000,)|bytearray(b'a\nb').splitlines()|bytearray(b'a\nb').splitlines(True)|'{0}'.format_map({'a': 5})|'{}'.format_map({'a': 5})|'{}'.format()|divmod(7, -0.0)|divmod(0.0, 0)|7 // 0.0|divmod(7, 0)
isinstance(1, None)|isinstance(None, (int, type(None)))|bytes.fromhex(None)|bytes.fromhex('héllo')|int.to_bytes(memoryview(b''))|float('nan').as_integer_ratio()|format(255, '#.3g')|format(1e16, '#.1g')|format(0.5, '#g')|memoryview(b'ab').format|memoryview(b'ab').__delitem__(0)
(lambda x: [x.extend('ab'), x])(bytearray(b''))|(lambda x: [x.extend(3), x])(bytearray(b''))|(lambda x: [x.extend([1, 300]), x])(bytearray(b''))""".replace("\n", "|").split("|"): show(e)
