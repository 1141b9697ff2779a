def warn(message, category=None, stacklevel=1, source=None): pass
def filterwarnings(*args, **kw): pass
def simplefilter(*args, **kw): pass


class catch_warnings:
    def __init__(self, **kw): pass
    def __enter__(self): return []
    def __exit__(self, *exc): return None
