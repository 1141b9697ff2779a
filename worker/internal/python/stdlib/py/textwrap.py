def dedent(text):
    lines = text.split("\n")
    pads = [len(l) - len(l.lstrip()) for l in lines if l.strip()]
    n = min(pads) if pads else 0
    return "\n".join(l[n:] if l.strip() else "" for l in lines)


def indent(text, prefix):
    return "".join(prefix + l if l.strip() else l for l in text.splitlines(True))


def shorten(text, width, placeholder=" [...]"):
    text = " ".join(text.split())
    return text if len(text) <= width else text[:width - len(placeholder)].rsplit(" ", 1)[0] + placeholder
