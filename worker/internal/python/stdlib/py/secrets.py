import base64
import os
import random as _random

SystemRandom = _random.SystemRandom
_r = _random.Random()


def choice(seq):
    return _r.choice(seq)


def randbelow(n):
    return _r.randrange(n)


def randbits(k):
    return _r.getrandbits(k)


def token_bytes(nbytes=None):
    return os.urandom(32 if nbytes is None else nbytes)


def token_hex(nbytes=None):
    return token_bytes(nbytes).hex()


def token_urlsafe(nbytes=None):
    return base64.urlsafe_b64encode(token_bytes(nbytes)).rstrip(b"=").decode("ascii")


def compare_digest(a, b):
    return a == b
