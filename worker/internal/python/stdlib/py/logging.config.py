import logging
import sys


def _resolve(name):
    if not isinstance(name, str):
        return name
    module, _, attr = name.rpartition(".")
    if not module:
        return globals()[name]
    __import__(module)
    return getattr(sys.modules[module], attr)


def _value(v):
    if isinstance(v, str) and v.startswith("ext://"):
        return _resolve(v[6:])
    return v


def _formatter(c):
    c = dict(c)
    make = _resolve(c.pop("()", None) or c.pop("class", None) or logging.Formatter)
    if make is logging.Formatter:
        return make(c.get("format"), c.get("datefmt"), c.get("style", "%"))
    if "format" in c:
        c["fmt"] = c.pop("format")
    return make(**c)


def _handler(c, formatters, filters):
    c = {k: _value(v) for k, v in c.items()}
    make = _resolve(c.pop("()", None) or c.pop("class"))
    formatter, level, names = c.pop("formatter", None), c.pop("level", None), c.pop("filters", [])
    h = make(**c)
    if formatter:
        h.setFormatter(formatters[formatter])
    if level is not None:
        h.setLevel(level)
    for n in names:
        h.addFilter(filters[n])
    return h


def _logger(log, c, handlers, filters):
    if c.get("level") is not None:
        log.setLevel(c["level"])
    if "propagate" in c:
        log.propagate = bool(c["propagate"])
    log.handlers.clear()
    for n in c.get("handlers", []):
        log.addHandler(handlers[n])
    for n in c.get("filters", []):
        log.addFilter(filters[n])


def dictConfig(config):
    if config.get("version") != 1:
        raise ValueError(f"Unsupported version: {config.get('version')}" if "version" in config else "dictionary doesn't specify a version")
    formatters = {n: _formatter(c) for n, c in config.get("formatters", {}).items()}
    filters = {}
    for n, c in config.get("filters", {}).items():
        c = dict(c)
        filters[n] = _resolve(c.pop("()"))(**c) if "()" in c else logging.Filter(c.get("name", ""))
    handlers = {}
    for n, c in config.get("handlers", {}).items():
        try:
            handlers[n] = _handler(dict(c), formatters, filters)
        except Exception as e:
            raise ValueError(f"Unable to configure handler {n!r}") from e
    for n, c in config.get("loggers", {}).items():
        _logger(logging.getLogger(n), c, handlers, filters)
    if "root" in config:
        _logger(logging.getLogger(), config["root"], handlers, filters)
