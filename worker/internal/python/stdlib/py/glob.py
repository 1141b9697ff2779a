import os
import _traceback_go as _go


def glob(pathname, *, recursive=False, **kw):
    if recursive and "**" in pathname:
        head, _, tail = pathname.partition("**/")
        out = []
        for d, _dirs, _files in os.walk(head or "."):
            out.extend(_go.globfiles(os.path.join(d, tail)))
        return out
    return _go.globfiles(pathname)


def iglob(pathname, **kw):
    return iter(glob(pathname, **kw))
