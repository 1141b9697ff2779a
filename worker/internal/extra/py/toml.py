from tomllib import TOMLDecodeError, load as _load, loads as _loads

TomlDecodeError = TOMLDecodeError


def loads(s, _dict=dict, decoder=None):
    return _loads(s)


def load(f, _dict=dict, decoder=None):
    if hasattr(f, "read"):
        text = f.read()
        return _loads(text.decode() if isinstance(text, bytes) else text)
    with open(f, encoding="utf-8") as file:
        return _loads(file.read())


def _value(v):
    import json
    if isinstance(v, bool):
        return "true" if v else "false"
    if isinstance(v, str):
        return json.dumps(v, ensure_ascii=False)
    if isinstance(v, (list, tuple)):
        return "[ " + "".join(_value(x) + "," + " " for x in v) + "]" if v else "[]"
    if isinstance(v, dict):
        return "{ " + ", ".join(f"{_key(k)} = {_value(x)}" for k, x in v.items()) + " }"
    if hasattr(v, "isoformat"):
        return v.isoformat()
    return str(v)


def _key(k):
    import json
    return k if k and all(c.isascii() and (c.isalnum() or c in "-_") for c in k) else json.dumps(k)


def _tables(d, path):
    out = ""
    for k, v in d.items():
        if v is not None and not isinstance(v, dict) and not (isinstance(v, list) and v and isinstance(v[0], dict)):
            out += f"{_key(k)} = {_value(v)}\n"
    for k, v in d.items():
        name = ".".join(path + [_key(k)])
        if isinstance(v, dict):
            out += ("\n" if out else "") + f"[{name}]\n" + _tables(v, path + [_key(k)])
        elif isinstance(v, list) and v and isinstance(v[0], dict):
            for x in v:
                out += ("\n" if out else "") + f"[[{name}]]\n" + _tables(x, path + [_key(k)])
    return out


def dumps(o, encoder=None):
    return _tables(o, [])


def dump(o, f, encoder=None):
    text = dumps(o)
    f.write(text)
    return text
