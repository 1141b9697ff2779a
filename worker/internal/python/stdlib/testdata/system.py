import sys
def show(f, *a, **kw):
    try: print(f(*a, **kw))
    except Exception as e: print(type(e).__name__, e)
print(sys.float_info, sys.float_info.epsilon, sys.float_info[0] == sys.float_info.max, sys.int_info.bits_per_digit, sys.hash_info.modulus, sys.hash_info.width, sys.maxunicode, sys.hexversion >= 0x030b0000, sys.float_repr_style)
print(sys.implementation.name, sys.implementation.version[:2], sys.flags.debug, sys.flags.optimize, sys.flags.dev_mode, sys.getfilesystemencoding(), sys.getfilesystemencodeerrors(), sys.getswitchinterval(), sys.is_finalizing(), sys.gettrace(), sys.exception())
print(repr(sys.stdin.read()), sys.stdin.readline() == "", list(sys.stdin), sys.stdin.readable())
try: 1 / 0
except ZeroDivisionError as e: print(sys.exception() is e)
try: sys.displayhook(5); sys.displayhook(None); show(input)
finally: print(sys.version_info[:2], sys.byteorder, sys.platform)
