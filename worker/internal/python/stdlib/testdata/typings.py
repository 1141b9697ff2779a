import typing
def show(): return 5
from typing import TypedDict, is_typeddict, get_overloads, clear_overloads, no_type_check_decorator
class T(TypedDict, total=False): a: int
@no_type_check_decorator
def d(f): return f
print(is_typeddict(T), is_typeddict(dict), is_typeddict(5), get_overloads(len) if False else [], d(show)(), clear_overloads(), T(a=1))
print(all(hasattr(typing, n) for n in "AbstractSet Annotated Any AnyStr AsyncIterator Awaitable BinaryIO Callable ChainMap ClassVar Concatenate Counter DefaultDict Deque Dict Final ForwardRef FrozenSet Generator Generic Hashable IO ItemsView Iterable Literal LiteralString Mapping Match NamedTuple Never NewType NoReturn NotRequired Optional OrderedDict ParamSpec Pattern Protocol Required Self Sequence Sized SupportsInt Text TextIO Tuple Type TypeAlias TypeGuard TypeVar TypeVarTuple TypedDict Union Unpack assert_never assert_type cast dataclass_transform final get_args get_origin get_type_hints no_type_check overload reveal_type runtime_checkable".split()))
