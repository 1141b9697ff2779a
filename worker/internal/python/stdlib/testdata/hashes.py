import hashlib

for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384", "sha3_512"):
    h = getattr(hashlib, name)(b"abc")
    print(name, h.hexdigest(), h.name, h.block_size, h.digest_size, hashlib.new(name, b"abc").digest() == h.digest())
    c = h.copy()
    c.update(b"d")
    print(h.hexdigest() == hashlib.new(name, b"abc").hexdigest(), c.hexdigest()[:16], name in hashlib.algorithms_available)
print(hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 1000).hex(), hashlib.pbkdf2_hmac("sha1", b"p", b"s", 2, dklen=10).hex())
for bad in (lambda: hashlib.md5("text"), lambda: hashlib.new("nope"), lambda: hashlib.sha256(5)):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
