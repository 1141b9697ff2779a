def _in_set(pattern, i, c):
    """Whether c is in the [...] that begins at i, and where that ends; None if it is not closed."""
    end = pattern.find("]", i + 2 if pattern[i + 1:i + 2] in ("!", "]") else i + 1)
    if pattern[i + 1:i + 3] == "!]":
        end = pattern.find("]", i + 3)
    if end < 0:
        return None, i
    body = pattern[i + 1:end]
    negated = body.startswith("!")
    body, found, k = body[negated:], False, 0
    while k < len(body):
        if k + 2 < len(body) and body[k + 1] == "-":
            found = found or body[k] <= c <= body[k + 2]
            k += 3
        else:
            found = found or body[k] == c
            k += 1
    return found != negated, end + 1


def fnmatchcase(name, pat):
    """Goes along both; at a mismatch the last star takes one more character."""
    i = k = 0
    star = mark = -1
    while i < len(name):
        ok, after = False, k + 1
        if k < len(pat):
            c = pat[k]
            if c == "*":
                star, mark = k, i
                k += 1
                continue
            if c == "[":
                ok, after = _in_set(pat, k, name[i])
                if ok is None:
                    ok, after = name[i] == "[", k + 1
            else:
                ok = c == "?" or c == name[i]
        if ok:
            i, k = i + 1, after
        elif star >= 0:
            mark += 1
            i, k = mark, star + 1
        else:
            return False
    return pat[k:].strip("*") == ""


def fnmatch(name, pat):
    import os
    return fnmatchcase(os.fspath(name), os.fspath(pat))


def filter(names, pat):
    return [n for n in names if fnmatch(n, pat)]


def translate(pat):
    out, i = "", 0
    while i < len(pat):
        c = pat[i]
        i += 1
        if c == "*":
            out += "" if out.endswith(".*") else ".*"
        elif c == "?":
            out += "."
        elif c == "[" and "]" in pat[i + 1:]:
            end = pat.index("]", i + 1)
            body = pat[i:end].replace("\\", "\\\\")
            out += "[" + ("^" + body[1:] if body[0] == "!" else body) + "]"
            i = end + 1
        else:
            import re
            out += re.escape(c)
    return f"(?s:{out})\\Z"
