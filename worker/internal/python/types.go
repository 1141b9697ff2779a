package python

import "sync"

func builtin(name string, bases ...*Type) *Type {
	return &Type{name: name, qualname: name, module: "builtins", bases: bases, dict: NewDict()}
}

// The builtin classes.
var (
	objectType          = builtin("object")
	typeType            = builtin("type", objectType)
	noneType            = builtin("NoneType", objectType)
	ellipsisType        = builtin("ellipsis", objectType)
	notImplementedType  = builtin("NotImplementedType", objectType)
	intType             = builtin("int", objectType)
	boolType            = builtin("bool", intType)
	floatType           = builtin("float", objectType)
	strType             = builtin("str", objectType)
	bytesType           = builtin("bytes", objectType)
	byteArrayType       = builtin("bytearray", objectType)
	tupleType           = builtin("tuple", objectType)
	listType            = builtin("list", objectType)
	dictType            = builtin("dict", objectType)
	setType             = builtin("set", objectType)
	frozenSetType       = builtin("frozenset", objectType)
	rangeType           = builtin("range", objectType)
	sliceType           = builtin("slice", objectType)
	cellType            = builtin("cell", objectType)
	codeType            = builtin("code", objectType)
	functionType        = builtin("function", objectType)
	nativeType          = builtin("builtin_function_or_method", objectType)
	methodType          = builtin("method", objectType)
	moduleType          = builtin("module", objectType)
	generatorType       = builtin("generator", objectType)
	propertyType        = builtin("property", objectType)
	staticMethodType    = builtin("staticmethod", objectType)
	classMethodType     = builtin("classmethod", objectType)
	superType           = builtin("super", objectType)
	tracebackType       = builtin("traceback", objectType)
	frameType           = builtin("frame", objectType)
	iteratorType        = builtin("iterator", objectType)
	nativeGeneratorType = builtin("generator", iteratorType)
	listIterType        = builtin("list_iterator", iteratorType)
	tupleIterType       = builtin("tuple_iterator", iteratorType)
	strIterType         = builtin("str_iterator", iteratorType)
	bytesIterType       = builtin("bytes_iterator", iteratorType)
	rangeIterType       = builtin("range_iterator", iteratorType)
	setIterType         = builtin("set_iterator", iteratorType)
	dictKeyIterType     = builtin("dict_keyiterator", iteratorType)
	dictValueIterType   = builtin("dict_valueiterator", iteratorType)
	dictItemIterType    = builtin("dict_itemiterator", iteratorType)
	dictKeysType        = builtin("dict_keys", objectType)
	dictValuesType      = builtin("dict_values", objectType)
	dictItemsType       = builtin("dict_items", objectType)
	enumerateType       = builtin("enumerate", iteratorType)
	zipType             = builtin("zip", iteratorType)
	mapType             = builtin("map", iteratorType)
	filterType          = builtin("filter", iteratorType)
	reversedType        = builtin("reversed", iteratorType)
	textFileType        = &Type{name: "TextIOWrapper", qualname: "TextIOWrapper", module: "_io", bases: []*Type{objectType}, dict: NewDict()}
	binaryFileType      = &Type{name: "BufferedReader", qualname: "BufferedReader", module: "_io", bases: []*Type{objectType}, dict: NewDict()}
)

// The builtin classes that Go code derives from or checks for.
var (
	ObjectType = objectType
	TypeType   = typeType
	StrType    = strType
	IntType    = intType
	FloatType  = floatType
	BoolType   = boolType
	BytesType  = bytesType
	TupleType  = tupleType
	ListType   = listType
	DictType   = dictType
	SetType    = setType
)

// The exceptions, in the order of the hierarchy in Python's documentation.
var (
	BaseException             = builtin("BaseException", objectType)
	SystemExit                = builtin("SystemExit", BaseException)
	KeyboardInterrupt         = builtin("KeyboardInterrupt", BaseException)
	GeneratorExit             = builtin("GeneratorExit", BaseException)
	ExceptionType             = builtin("Exception", BaseException)
	StopIteration             = builtin("StopIteration", ExceptionType)
	StopAsyncIteration        = builtin("StopAsyncIteration", ExceptionType)
	ArithmeticError           = builtin("ArithmeticError", ExceptionType)
	FloatingPointError        = builtin("FloatingPointError", ArithmeticError)
	OverflowError             = builtin("OverflowError", ArithmeticError)
	ZeroDivisionError         = builtin("ZeroDivisionError", ArithmeticError)
	AssertionError            = builtin("AssertionError", ExceptionType)
	AttributeError            = builtin("AttributeError", ExceptionType)
	BufferError               = builtin("BufferError", ExceptionType)
	EOFError                  = builtin("EOFError", ExceptionType)
	ImportError               = builtin("ImportError", ExceptionType)
	ModuleNotFoundError       = builtin("ModuleNotFoundError", ImportError)
	LookupError               = builtin("LookupError", ExceptionType)
	IndexError                = builtin("IndexError", LookupError)
	KeyError                  = builtin("KeyError", LookupError)
	MemoryError               = builtin("MemoryError", ExceptionType)
	NameError                 = builtin("NameError", ExceptionType)
	UnboundLocalError         = builtin("UnboundLocalError", NameError)
	OSError                   = builtin("OSError", ExceptionType)
	BlockingIOError           = builtin("BlockingIOError", OSError)
	ChildProcessError         = builtin("ChildProcessError", OSError)
	ConnectionError           = builtin("ConnectionError", OSError)
	BrokenPipeError           = builtin("BrokenPipeError", ConnectionError)
	ConnectionAbortedError    = builtin("ConnectionAbortedError", ConnectionError)
	ConnectionRefusedError    = builtin("ConnectionRefusedError", ConnectionError)
	ConnectionResetError      = builtin("ConnectionResetError", ConnectionError)
	FileExistsError           = builtin("FileExistsError", OSError)
	FileNotFoundError         = builtin("FileNotFoundError", OSError)
	InterruptedError          = builtin("InterruptedError", OSError)
	IsADirectoryError         = builtin("IsADirectoryError", OSError)
	NotADirectoryError        = builtin("NotADirectoryError", OSError)
	PermissionError           = builtin("PermissionError", OSError)
	ProcessLookupError        = builtin("ProcessLookupError", OSError)
	TimeoutError              = builtin("TimeoutError", OSError)
	ReferenceError            = builtin("ReferenceError", ExceptionType)
	RuntimeError              = builtin("RuntimeError", ExceptionType)
	NotImplementedError       = builtin("NotImplementedError", RuntimeError)
	RecursionError            = builtin("RecursionError", RuntimeError)
	SyntaxError               = builtin("SyntaxError", ExceptionType)
	IndentationError          = builtin("IndentationError", SyntaxError)
	TabError                  = builtin("TabError", IndentationError)
	SystemError               = builtin("SystemError", ExceptionType)
	TypeError                 = builtin("TypeError", ExceptionType)
	ValueError                = builtin("ValueError", ExceptionType)
	UnicodeError              = builtin("UnicodeError", ValueError)
	UnicodeDecodeError        = builtin("UnicodeDecodeError", UnicodeError)
	UnicodeEncodeError        = builtin("UnicodeEncodeError", UnicodeError)
	Warning                   = builtin("Warning", ExceptionType)
	DeprecationWarning        = builtin("DeprecationWarning", Warning)
	PendingDeprecationWarning = builtin("PendingDeprecationWarning", Warning)
	RuntimeWarning            = builtin("RuntimeWarning", Warning)
	SyntaxWarning             = builtin("SyntaxWarning", Warning)
	BytesWarning              = builtin("BytesWarning", Warning)
	ImportWarning             = builtin("ImportWarning", Warning)
	UnicodeWarning            = builtin("UnicodeWarning", Warning)
	EncodingWarning           = builtin("EncodingWarning", Warning)
	UserWarning               = builtin("UserWarning", Warning)
	FutureWarning             = builtin("FutureWarning", Warning)
	ResourceWarning           = builtin("ResourceWarning", Warning)
)

// exceptionTypes lists the exceptions for the builtins.
func exceptionTypes() []*Type {
	return []*Type{
		BaseException, SystemExit, KeyboardInterrupt, GeneratorExit, ExceptionType, StopIteration, StopAsyncIteration,
		ArithmeticError, FloatingPointError, OverflowError, ZeroDivisionError, AssertionError, AttributeError, BufferError,
		EOFError, ImportError, ModuleNotFoundError, LookupError, IndexError, KeyError, MemoryError, NameError,
		UnboundLocalError, OSError, BlockingIOError, ChildProcessError, ConnectionError, BrokenPipeError,
		ConnectionAbortedError, ConnectionRefusedError, ConnectionResetError, FileExistsError, FileNotFoundError,
		InterruptedError, IsADirectoryError, NotADirectoryError, PermissionError, ProcessLookupError, TimeoutError,
		ReferenceError, RuntimeError, NotImplementedError, RecursionError, SyntaxError, IndentationError, TabError,
		SystemError, TypeError, ValueError, UnicodeError, UnicodeDecodeError, UnicodeEncodeError, Warning,
		DeprecationWarning, PendingDeprecationWarning, RuntimeWarning, SyntaxWarning, UserWarning, FutureWarning,
		ResourceWarning, BytesWarning, ImportWarning, UnicodeWarning, EncodingWarning,
	}
}

func plainTypes() []*Type {
	return []*Type{
		objectType, typeType, noneType, ellipsisType, notImplementedType, intType, boolType, floatType, strType, bytesType,
		byteArrayType, tupleType, listType, dictType, setType, frozenSetType, rangeType, sliceType, cellType, codeType,
		functionType, nativeType, methodType, moduleType, generatorType, propertyType, staticMethodType, classMethodType,
		superType, tracebackType, frameType, iteratorType, nativeGeneratorType, listIterType, tupleIterType, strIterType, bytesIterType, rangeIterType,
		setIterType, dictKeyIterType, dictValueIterType, dictItemIterType, dictKeysType, dictValuesType, dictItemsType, memoryViewType,
		coroutineType, asyncGenType, asyncStepType,
		enumerateType, zipType, mapType, filterType, reversedType, textFileType, binaryFileType,
	}
}

// prepare fills the builtin classes, once for all isolates; nothing changes them afterwards.
var prepare = sync.OnceFunc(func() {
	all := append(plainTypes(), exceptionTypes()...)
	for _, c := range all {
		c.mro = []*Type{c}
		for b := c; len(b.bases) > 0; {
			b = b.bases[0]
			c.mro = append(c.mro, b)
		}
	}
	fill := func(c *Type, ms ...*Native) {
		for _, m := range ms {
			m.owner = c
			c.dict.SetStr(m.name, m)
		}
	}
	fillObject()
	fill(strType, strMethods()...)
	fill(bytesType, bytesMethods()...)
	fill(byteArrayType, append(bytesMethods(), byteArrayMethods()...)...)
	fill(listType, listMethods()...)
	fill(tupleType, tupleMethods()...)
	fill(dictType, dictMethods()...)
	fill(setType, append(setMethods(), mutableSetMethods()...)...)
	fill(frozenSetType, setMethods()...)
	fill(intType, intMethods()...)
	fill(floatType, floatMethods()...)
	fill(generatorType, generatorMethods()...)
	fill(iteratorType, iteratorMethods()...)
	fill(nativeGeneratorType, nativeGeneratorMethods()...)
	fill(propertyType, propertyMethods()...)
	fill(textFileType, fileMethods()...)
	fill(binaryFileType, fileMethods()...)
	fill(rangeType, rangeMethods()...)
	fill(sliceType, sliceMethods()...)
	fillViews()
	fillFile()
	fillExceptions()
	fillDunders()
	fillMemoryView()
	fillAsync()
	fillConstructors()
	for _, c := range all {
		c.seal()
	}
	emptyStr.hashed() // shared by all isolates, so never again written
})
