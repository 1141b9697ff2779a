import datetime
import jwt

t = jwt.encode({"sub": "u1", "n": 1, "name": "é"}, "a-secret-of-sufficient-length-for-hs256", algorithm="HS256")
print(t)
print(jwt.decode(t, "a-secret-of-sufficient-length-for-hs256", algorithms=["HS256"]), jwt.get_unverified_header(t))
for alg in ("HS384", "HS512"):
    x = jwt.encode({"a": [1, {"b": None}]}, b"k" * 64, algorithm=alg, headers={"kid": "7"})
    print(x, jwt.decode(x, b"k" * 64, algorithms=["HS256", alg]))
print(jwt.decode(t, options={"verify_signature": False}))
when = datetime.datetime(2030, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
e = jwt.encode({"exp": when, "iat": datetime.datetime(2020, 1, 1)}, "k" * 32)
print(e, jwt.decode(e, "k" * 32, algorithms="HS256"))


def attempt(f):
    try:
        print(f())
    except Exception as x:
        print(type(x).__name__, x, isinstance(x, jwt.PyJWTError))


old = jwt.encode({"exp": 1}, "k" * 32)
attempt(lambda: jwt.decode(old, "k" * 32, algorithms=["HS256"]))
attempt(lambda: jwt.decode(old, "wrong" * 8, algorithms=["HS256"]))
attempt(lambda: jwt.decode(old, "k" * 32, algorithms=["HS512"]))
attempt(lambda: jwt.decode(old, "k" * 32))
attempt(lambda: jwt.decode("a.b", "k", algorithms=["HS256"]))
attempt(lambda: jwt.decode(jwt.encode({"aud": "me"}, "k" * 32), "k" * 32, algorithms=["HS256"]))
attempt(lambda: jwt.decode(jwt.encode({"aud": "me"}, "k" * 32), "k" * 32, algorithms=["HS256"], audience="me"))
attempt(lambda: jwt.decode(jwt.encode({"iss": "me"}, "k" * 32), "k" * 32, algorithms=["HS256"], issuer="you"))
attempt(lambda: jwt.decode(jwt.encode({}, "k" * 32), "k" * 32, algorithms=["HS256"], options={"require": ["exp"]}))
attempt(lambda: jwt.encode([], "k"))
attempt(lambda: jwt.decode(old, "k" * 32, algorithms=["HS256"], options={"verify_exp": False}))
