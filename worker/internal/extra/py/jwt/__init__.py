"""PyJWT with HMAC signatures."""
import base64
import hmac
import json
from datetime import datetime, timezone

__version__ = "2.8.0"
_hashes = {"HS256": "sha256", "HS384": "sha384", "HS512": "sha512"}


class PyJWTError(Exception):
    pass


class InvalidTokenError(PyJWTError):
    pass


class DecodeError(InvalidTokenError):
    pass


class InvalidSignatureError(DecodeError):
    pass


class ExpiredSignatureError(InvalidTokenError):
    pass


class InvalidAudienceError(InvalidTokenError):
    pass


class InvalidIssuerError(InvalidTokenError):
    pass


class InvalidIssuedAtError(InvalidTokenError):
    pass


class ImmatureSignatureError(InvalidTokenError):
    pass


class InvalidKeyError(PyJWTError):
    pass


class InvalidAlgorithmError(InvalidTokenError):
    pass


class MissingRequiredClaimError(InvalidTokenError):
    def __init__(self, claim):
        self.claim = claim

    def __str__(self):
        return f'Token is missing the "{self.claim}" claim'


def _b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def _unb64(data):
    return base64.urlsafe_b64decode(data + b"=" * (-len(data) % 4))


def _bytes(x):
    if isinstance(x, str):
        return x.encode()
    if isinstance(x, bytes):
        return x
    raise TypeError("Expected a string value")


def _sign(algorithm, key, data):
    if algorithm == "none":
        return b""
    if algorithm not in _hashes:
        raise NotImplementedError(f"Algorithm '{algorithm}' could not be found. This worker signs with HS256, HS384 and HS512.")
    return hmac.digest(_bytes(key), data, _hashes[algorithm])


def encode(payload, key, algorithm="HS256", headers=None, json_encoder=None, sort_headers=True):
    if not isinstance(payload, dict):
        raise TypeError("Expecting a dict object, as JWT only supports JSON objects as payloads.")
    payload = dict(payload)
    for claim in ("exp", "iat", "nbf"):
        if isinstance(payload.get(claim), datetime):
            t = payload[claim]
            payload[claim] = int((t if t.tzinfo else t.replace(tzinfo=timezone.utc)).timestamp())
    header = {"typ": "JWT", "alg": algorithm or "none", **(headers or {})}
    if not header["typ"]:
        del header["typ"]
    body = b".".join(_b64(json.dumps(x, separators=(",", ":"), sort_keys=s).encode()) for x, s in ((header, sort_headers), (payload, False)))
    return (body + b"." + _b64(_sign(algorithm or "none", key, body))).decode()


def _split(token):
    if not isinstance(token, (str, bytes)):
        raise DecodeError(f"Invalid token type. Token must be a {bytes!r}")
    parts = _bytes(token).split(b".")
    if len(parts) != 3:
        raise DecodeError("Not enough segments" if len(parts) < 3 else "Invalid crypto padding")
    out = []
    for name, p in zip(("header", "payload", "crypto"), parts):
        try:
            out.append(_unb64(p))
        except ValueError:
            raise DecodeError(f"Invalid {name} padding") from None
    try:
        header = json.loads(out[0])
    except ValueError as e:
        raise DecodeError(f"Invalid header string: {e}") from None
    if not isinstance(header, dict):
        raise DecodeError("Invalid header string: must be a json object")
    return header, out[1], out[2], parts[0] + b"." + parts[1]


def get_unverified_header(token):
    return _split(token)[0]


def decode(jwt, key="", algorithms=None, options=None, audience=None, issuer=None, leeway=0, **kw):
    return decode_complete(jwt, key, algorithms, options, audience, issuer, leeway)["payload"]


def decode_complete(jwt, key="", algorithms=None, options=None, audience=None, issuer=None, leeway=0, **kw):
    options = options or {}
    verify = options.get("verify_signature", True)
    if verify and not algorithms:
        raise DecodeError('It is required that you pass in a value for the "algorithms" argument when calling decode().')
    header, raw, signature, signed = _split(jwt)
    if verify:
        alg = header.get("alg")
        if alg not in algorithms:
            raise InvalidAlgorithmError("The specified alg value is not allowed")
        if not hmac.compare_digest(_sign(alg, key, signed), signature):
            raise InvalidSignatureError("Signature verification failed")
    try:
        payload = json.loads(raw)
    except ValueError as e:
        raise DecodeError(f"Invalid payload string: {e}") from None
    if not isinstance(payload, dict):
        raise DecodeError("Invalid payload string: must be a json object")
    _claims(payload, {k: options.get("verify_" + k, verify) for k in ("exp", "nbf", "iat", "aud", "iss")}, options.get("require", []), audience, issuer, leeway)
    return {"payload": payload, "header": header, "signature": signature}


def _claims(payload, check, require, audience, issuer, leeway):
    leeway = leeway.total_seconds() if hasattr(leeway, "total_seconds") else leeway
    now = datetime.now(timezone.utc).timestamp()
    for claim in require:
        if payload.get(claim) is None:
            raise MissingRequiredClaimError(claim)
    if "iat" in payload and check["iat"] and int(payload["iat"]) > now + leeway:
        raise ImmatureSignatureError("The token is not yet valid (iat)")
    if "nbf" in payload and check["nbf"] and int(payload["nbf"]) > now + leeway:
        raise ImmatureSignatureError("The token is not yet valid (nbf)")
    if "exp" in payload and check["exp"] and int(payload["exp"]) <= now - leeway:
        raise ExpiredSignatureError("Signature has expired")
    if check["iss"] and issuer is not None:
        if "iss" not in payload:
            raise MissingRequiredClaimError("iss")
        if payload["iss"] not in ([issuer] if isinstance(issuer, str) else issuer):
            raise InvalidIssuerError("Invalid issuer")
    if not check["aud"]:
        return
    claims = payload.get("aud")
    if audience is None:
        if claims:
            raise InvalidAudienceError("Invalid audience")
        return
    if not claims:
        raise MissingRequiredClaimError("aud")
    claims = [claims] if isinstance(claims, str) else claims
    if not set(claims) & set([audience] if isinstance(audience, str) else audience):
        raise InvalidAudienceError("Audience doesn't match")


class PyJWT:
    encode, decode, decode_complete = staticmethod(encode), staticmethod(decode), staticmethod(decode_complete)
