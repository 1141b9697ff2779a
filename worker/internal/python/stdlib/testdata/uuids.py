import uuid, weakref
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
u = uuid.UUID("12345678-1234-5678-9234-567812345678")
t(lambda: (u.version, u.variant, u.fields, u.bytes_le, u.time, u.clock_seq, u.node, u.time_low, u.time_mid, u.time_hi_version)); t(lambda: uuid.UUID(bytes_le=u.bytes_le) == u); t(lambda: uuid.UUID(fields=u.fields) == u); t(lambda: uuid.UUID(int=5).variant); t(lambda: uuid.UUID(int=5).version); t(lambda: uuid.uuid4().version); t(lambda: uuid.uuid4().variant)
a, b = uuid.uuid1(), uuid.uuid1(); t(lambda: (a.version, a.variant, a.time < b.time, a.node == b.node)); t(lambda: uuid.uuid1(node=5, clock_seq=7).fields[3:]); t(lambda: uuid.getnode() == uuid.getnode()); t(lambda: uuid.uuid5(uuid.NAMESPACE_OID, "x")); t(lambda: uuid.uuid3(uuid.NAMESPACE_X500, "x")); t(lambda: uuid.UUID(bytes_le=b"1")); t(lambda: uuid.UUID(fields=(1,))); t(lambda: uuid.UUID("x")); t(lambda: sorted([b, a]) == [b, a] or True)
class C: pass
c = C(); r = weakref.ref(c); t(lambda: r() is c); t(lambda: r == weakref.ref(c)); w = weakref.WeakValueDictionary(); w["c"] = c; t(lambda: w["c"] is c); t(lambda: "z" in w); s = weakref.WeakSet([c]); t(lambda: (c in s, len(s))); s.discard(c); t(lambda: len(s)); k = weakref.WeakKeyDictionary(); k[c] = 1; t(lambda: list(k.values())); f = weakref.finalize(c, print, "bye"); t(lambda: f.alive); f(); t(lambda: f.alive); c.x = 5; t(lambda: weakref.proxy(c).x)
