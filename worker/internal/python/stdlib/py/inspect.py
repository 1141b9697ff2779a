# What an object is, its members and its signature. Sources are not kept: getsource refuses.
import sys as _sys
import types as _types
from collections import namedtuple

import _traceback_go as _go

CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS, CO_NESTED, CO_GENERATOR = 1, 2, 4, 8, 16, 32
CO_NOFREE, CO_COROUTINE, CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR = 64, 128, 256, 512


def _named(*names):
    return lambda obj: type(obj).__name__ in names


isfunction = _named("function")
isbuiltin = _named("builtin_function_or_method")
ismodule = _named("module")
isgenerator = _named("generator")
iscoroutine = _named("coroutine")
isasyncgen = _named("async_generator")
istraceback = _named("traceback")
isframe = _named("frame")
iscode = _named("code")
ismethoddescriptor = _named("method_descriptor", "wrapper_descriptor", "classmethod_descriptor")
isgetsetdescriptor = _named("getset_descriptor")
ismemberdescriptor = _named("member_descriptor")


def ismethod(obj):
    return type(obj).__name__ == "method" and type(obj.__func__).__name__ not in ("builtin_function_or_method", "method_descriptor", "wrapper_descriptor")


def isclass(obj):
    return isinstance(obj, type)


def isroutine(obj):
    return isbuiltin(obj) or isfunction(obj) or ismethod(obj) or ismethoddescriptor(obj)


def isdatadescriptor(obj):
    return not (isclass(obj) or ismethod(obj) or isfunction(obj)) and (hasattr(type(obj), "__set__") or hasattr(type(obj), "__delete__"))


def isabstract(obj):
    return isclass(obj) and bool(getattr(obj, "__abstractmethods__", None))


def _flag(obj, bit):
    while hasattr(obj, "func") and type(obj).__name__ == "partial":
        obj = obj.func
    return bool(getattr(getattr(getattr(obj, "__func__", obj), "__code__", None), "co_flags", 0) & bit)


def isgeneratorfunction(obj):
    return _flag(obj, CO_GENERATOR)


def iscoroutinefunction(obj):
    return _flag(obj, CO_COROUTINE)


def isasyncgenfunction(obj):
    return _flag(obj, CO_ASYNC_GENERATOR)


def isawaitable(obj):
    return hasattr(obj, "__await__")


def getmembers(obj, predicate=None):
    out = []
    for name in dir(obj):
        try:
            v = getattr(obj, name)
        except AttributeError:
            continue
        if predicate is None or predicate(v):
            out.append((name, v))
    return out


getmembers_static = getmembers


def getattr_static(obj, attr, *default):
    for d in [getattr(obj, "__dict__", {}), *(c.__dict__ for c in (obj if isclass(obj) else type(obj)).__mro__)]:
        if attr in d:
            return d[attr]
    if default:
        return default[0]
    raise AttributeError(attr)


def getmro(cls):
    return cls.__mro__


def getmodule(obj):
    return obj if ismodule(obj) else _sys.modules.get(getattr(obj, "__module__", None))


def getfile(obj):
    obj = getattr(obj, "__func__", obj)
    if hasattr(obj, "__code__"):
        return obj.__code__.co_filename
    file = getattr(getmodule(obj), "__file__", None)
    if file is None:
        raise TypeError(f"{obj!r} is a built-in class" if isclass(obj) else f"{obj!r} is a built-in")
    return file


getsourcefile = getfile


def getsource(obj):
    raise OSError("could not get source code")


getsourcelines = findsource = getsource


def cleandoc(doc):
    lines = doc.expandtabs().split("\n")
    margin = min((len(l) - len(l.lstrip()) for l in lines[1:] if l.strip()), default=0)
    lines = [lines[0].lstrip(), *(l[margin:] for l in lines[1:])]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def getdoc(obj):
    doc = getattr(obj, "__doc__", None)
    return cleandoc(doc) if isinstance(doc, str) else None


def unwrap(func, *, stop=None):
    while hasattr(func, "__wrapped__") and not (stop and stop(func)):
        func = func.__wrapped__
    return func


def currentframe():
    return _go.stack()


Traceback = namedtuple("Traceback", "filename lineno function code_context index")
FrameInfo = namedtuple("FrameInfo", "frame filename lineno function code_context index")


def getframeinfo(frame, context=1):
    lineno = frame.tb_lineno if istraceback(frame) else frame.f_lineno
    frame = frame.tb_frame if istraceback(frame) else frame
    line = _go.line(frame)
    return Traceback(frame.f_code.co_filename, lineno, frame.f_code.co_name, [line + "\n"] if line else None, 0 if line else None)


def getouterframes(frame, context=1):
    out = []
    while frame is not None:
        out.append(FrameInfo(frame, *getframeinfo(frame, context)))
        frame = frame.f_back
    return out


def stack(context=1):
    return getouterframes(_go.stack(), context)


def trace(context=1):
    tb, out = _sys.exc_info()[2], []
    while tb is not None:
        out.append(FrameInfo(tb.tb_frame, *getframeinfo(tb, context)))
        tb = tb.tb_next
    return out


class _empty:
    """Marks what a parameter has not."""


class _Kind(int):
    def __new__(cls, value, name, description):
        self = int.__new__(cls, value)
        self.name, self.description = name, description
        return self

    def __repr__(self):
        return f"<_ParameterKind.{self.name}: {int(self)}>"

    def __str__(self):
        return self.name


class Parameter:
    empty = _empty
    POSITIONAL_ONLY = _Kind(0, "POSITIONAL_ONLY", "positional-only")
    POSITIONAL_OR_KEYWORD = _Kind(1, "POSITIONAL_OR_KEYWORD", "positional or keyword")
    VAR_POSITIONAL = _Kind(2, "VAR_POSITIONAL", "variadic positional")
    KEYWORD_ONLY = _Kind(3, "KEYWORD_ONLY", "keyword-only")
    VAR_KEYWORD = _Kind(4, "VAR_KEYWORD", "variadic keyword")

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        self.name, self.kind, self.default, self.annotation = name, kind, default, annotation

    def replace(self, **changes):
        return Parameter(**{"name": self.name, "kind": self.kind, "default": self.default, "annotation": self.annotation, **changes})

    def __str__(self):
        text = {2: "*", 4: "**"}.get(int(self.kind), "") + self.name
        if self.annotation is not _empty:
            text += ": " + formatannotation(self.annotation)
        if self.default is not _empty:
            text += (" = " if self.annotation is not _empty else "=") + repr(self.default)
        return text

    def __repr__(self):
        return f'<Parameter "{self}">'

    def __eq__(self, other):
        return isinstance(other, Parameter) and (self.name, self.kind, self.default, self.annotation) == (other.name, other.kind, other.default, other.annotation)

    def __hash__(self):
        return hash((self.name, int(self.kind)))


def formatannotation(annotation, base_module=None):
    if isinstance(annotation, type):
        return annotation.__qualname__ if annotation.__module__ in ("builtins", base_module) else f"{annotation.__module__}.{annotation.__qualname__}"
    return repr(annotation)


class BoundArguments:
    def __init__(self, signature, arguments):
        self.signature, self.arguments = signature, arguments

    @property
    def args(self):
        out = []
        for name, p in self.signature.parameters.items():
            if p.kind > 2 or name not in self.arguments:
                break
            out.extend(self.arguments[name]) if p.kind == 2 else out.append(self.arguments[name])
        return tuple(out)

    @property
    def kwargs(self):
        out, late = {}, False
        for name, p in self.signature.parameters.items():
            if name not in self.arguments:
                late = True
            elif p.kind == 4:
                out.update(self.arguments[name])
            elif p.kind == 3 or late and p.kind == 1:
                out[name] = self.arguments[name]
        return out

    def apply_defaults(self):
        full = {}
        for name, p in self.signature.parameters.items():
            if name in self.arguments:
                full[name] = self.arguments[name]
            elif p.default is not _empty:
                full[name] = p.default
            elif p.kind in (2, 4):
                full[name] = () if p.kind == 2 else {}
        self.arguments = full

    def __repr__(self):
        return "<BoundArguments (" + ", ".join(f"{k}={v!r}" for k, v in self.arguments.items()) + ")>"


class Signature:
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty):
        self.parameters = _types.MappingProxyType({p.name: p for p in parameters or ()})
        self.return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
        return signature(obj, follow_wrapped=follow_wrapped)

    def replace(self, *, parameters=None, return_annotation=None):
        return Signature(self.parameters.values() if parameters is None else parameters, return_annotation=self.return_annotation if return_annotation is None else return_annotation)

    def bind(self, /, *args, **kwargs):
        return self._bind(args, kwargs, False)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, True)

    def _bind(self, args, kwargs, partial):
        args, kwargs, out = list(args), dict(kwargs), {}
        kinds = [p.kind for p in self.parameters.values()]
        if 2 not in kinds and len(args) > sum(k < 2 for k in kinds):
            raise TypeError("too many positional arguments")
        for name, p in self.parameters.items():
            if p.kind == 2:
                if args:
                    out[name], args = tuple(args), []
            elif p.kind == 4:
                if kwargs:
                    out[name], kwargs = kwargs, {}
            elif p.kind < 2 and args:
                out[name] = args.pop(0)
                if name in kwargs and p.kind == 1:
                    raise TypeError(f"multiple values for argument {name!r}")
            elif p.kind == 0 and name in kwargs and p.default is _empty:
                raise TypeError(f"{name!r} parameter is positional only, but was passed as a keyword")
            elif p.kind and name in kwargs:
                out[name] = kwargs.pop(name)
            elif p.default is _empty and not partial:
                raise TypeError(f"missing a required argument: {name!r}")
        if kwargs:
            raise TypeError(f"got an unexpected keyword argument {next(iter(kwargs))!r}")
        return BoundArguments(self, out)

    def __str__(self):
        out, slash, star = [], False, False
        for p in self.parameters.values():
            if p.kind == 0:
                slash = True
            elif slash:
                out.append("/")
                slash = False
            if p.kind == 2:
                star = True
            elif p.kind == 3 and not star:
                out.append("*")
                star = True
            out.append(str(p))
        text = "(" + ", ".join([*out, "/"] if slash else out) + ")"
        return text if self.return_annotation is _empty else text + " -> " + formatannotation(self.return_annotation)

    def __repr__(self):
        return f"<Signature {self}>"

    def __eq__(self, other):
        return isinstance(other, Signature) and list(self.parameters.values()) == list(other.parameters.values()) and self.return_annotation == other.return_annotation


def _of_function(fn):
    code, kwdefaults, annotations = fn.__code__, fn.__kwdefaults__ or {}, fn.__annotations__
    names, n = code.co_varnames, code.co_argcount
    defaults = dict(zip(names[n - len(fn.__defaults__ or ()) : n], fn.__defaults__ or ()))
    kinds = [Parameter.POSITIONAL_ONLY] * code.co_posonlyargcount + [Parameter.POSITIONAL_OR_KEYWORD] * (n - code.co_posonlyargcount)
    keyword = [Parameter.KEYWORD_ONLY] * code.co_kwonlyargcount
    names, i = list(names), n + code.co_kwonlyargcount
    order = names[:n]
    if code.co_flags & CO_VARARGS:
        order.append(names[i])
        kinds.append(Parameter.VAR_POSITIONAL)
        i += 1
    order += names[n : n + code.co_kwonlyargcount]
    kinds += keyword
    if code.co_flags & CO_VARKEYWORDS:
        order.append(names[i])
        kinds.append(Parameter.VAR_KEYWORD)
    defaults.update(kwdefaults)
    return [Parameter(name, kind, default=defaults.get(name, _empty), annotation=annotations.get(name, _empty)) for name, kind in zip(order, kinds)], annotations.get("return", _empty)


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    if not callable(obj):
        raise TypeError(f"{obj!r} is not a callable object")
    if ismethod(obj):
        s = signature(obj.__func__, follow_wrapped=follow_wrapped)
        return s.replace(parameters=list(s.parameters.values())[1:])
    if follow_wrapped:
        obj = unwrap(obj, stop=lambda f: hasattr(f, "__signature__"))
    if getattr(obj, "__signature__", None) is not None:
        return obj.__signature__
    if isfunction(obj):
        parameters, back = _of_function(obj)
        return Signature(parameters, return_annotation=back)
    if type(obj).__name__ == "partial":
        return _of_partial(obj)
    maker = obj.__init__ if isclass(obj) else getattr(type(obj), "__call__", None)
    if isclass(obj) and not isfunction(maker):
        maker = obj.__new__
    if not isfunction(maker):
        if isclass(obj) and obj.__module__ != "builtins":
            return Signature()
        raise ValueError(f"no signature found for builtin {obj!r}")
    parameters, back = _of_function(maker)
    return Signature(parameters[1:], return_annotation=_empty if isclass(obj) else back)


def _of_partial(obj):
    whole = signature(obj.func)
    out, given, keyword = [], len(obj.args), False
    for p in whole.parameters.values():
        if given and p.kind < 2:
            given -= 1
            continue
        if p.name in obj.keywords:
            keyword = True
            p = p.replace(default=obj.keywords[p.name])
        if keyword and p.kind == 1:
            p = p.replace(kind=Parameter.KEYWORD_ONLY)
        if not (keyword and p.kind == 2):
            out.append(p)
    return whole.replace(parameters=out)


FullArgSpec = namedtuple("FullArgSpec", "args varargs varkw defaults kwonlyargs kwonlydefaults annotations")


def getfullargspec(func):
    fn = getattr(func, "__func__", func)
    parameters, back = _of_function(fn)
    by = lambda *kinds: [p.name for p in parameters if p.kind in kinds]
    one = lambda kind: next(iter(by(kind)), None)
    return FullArgSpec(by(0, 1), one(2), one(4), fn.__defaults__, by(3), fn.__kwdefaults__, dict(fn.__annotations__))


def getcallargs(func, /, *positional, **named):
    bound = signature(func).bind(*positional, **named)
    bound.apply_defaults()
    return {"self": func.__self__, **bound.arguments} if ismethod(func) else dict(bound.arguments)


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    return dict(getattr(obj, "__annotations__", None) or {})
