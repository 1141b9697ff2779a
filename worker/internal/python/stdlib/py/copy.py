Error = RuntimeError


def copy(x):
    m = getattr(x, "__copy__", None)
    if m:
        return m()
    if isinstance(x, (list, dict, set, bytearray)) and hasattr(x, "copy") and type(x) in (list, dict, set):
        return x.copy()
    if hasattr(x, "__dict__") and not isinstance(x, (type, BaseException)) and not callable(x):
        new = x.__class__.__new__(x.__class__)
        new.__dict__.update(x.__dict__)
        return new
    return x


def deepcopy(x, memo=None):
    memo = {} if memo is None else memo
    if id(x) in memo:
        return memo[id(x)]
    t = type(x)
    if t is list:
        new = memo[id(x)] = []
        new.extend(deepcopy(v, memo) for v in x)
        return new
    if t is dict:
        new = memo[id(x)] = {}
        for k, v in x.items():
            new[deepcopy(k, memo)] = deepcopy(v, memo)
        return new
    if t is tuple:
        return tuple(deepcopy(v, memo) for v in x)
    if t is set:
        return {deepcopy(v, memo) for v in x}
    if t in (int, float, str, bytes, bool, type, type(None), frozenset, range) or callable(x):
        return x
    m = getattr(x, "__deepcopy__", None)
    if m:
        return m(memo)
    if hasattr(x, "__dict__"):
        new = memo[id(x)] = x.__class__.__new__(x.__class__)
        if isinstance(x, dict):
            dict.update(new, {k: deepcopy(v, memo) for k, v in x.items()})
        elif isinstance(x, list):
            list.extend(new, [deepcopy(v, memo) for v in x])
        new.__dict__.update(deepcopy(dict(x.__dict__), memo))
        return new
    return x
