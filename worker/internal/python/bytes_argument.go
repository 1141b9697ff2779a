package python

// bytesArgument is argument i of a method of bytes for the method of str that does the work, Latin-1 as its text. Refusals are
// those of Objects/bytesobject.c and Objects/bytes_methods.c; what is no text (a width, a bound) is the other method's to refuse.
func (t *Thread) bytesArgument(method string, i int, v Value) (Value, error) {
	if v == nil {
		return nil, nil
	}
	b, isBytes := AsBytes(v)
	if i == 0 || isBytes && !fills(method) && (i == 1 && method != "join" && method != "zfill" || i == 2 && method == "replace") {
		return privateBytes(b), nil
	}
	switch method {
	case "find", "rfind", "index", "rindex", "count":
		if i == 1 {
			return t.byteSought(v)
		}
	case "startswith", "endswith":
		if i == 1 {
			return affixes(method, v)
		}
	case "strip", "lstrip", "rstrip", "split", "rsplit":
		if i == 1 && v != None {
			return nil, notBytes(v)
		}
	case "removeprefix", "removesuffix", "partition", "rpartition":
		return nil, notBytes(v)
	case "replace":
		if i < 3 {
			return nil, notBytes(v)
		}
	case "ljust", "rjust", "center":
		if i == 2 {
			return fill(method, b, v)
		}
	case "join":
		return t.bytesToJoin(v)
	}
	return v, nil
}

func notBytes(v Value) error {
	return Errorf(TypeError, "a bytes-like object is required, not '%s'", v.typ().name)
}

func fills(method string) bool { return method == "ljust" || method == "rjust" || method == "center" }

func fill(method, b string, v Value) (Value, error) {
	if v.typ() != memoryViewType && len(b) == 1 {
		return privateBytes(b), nil
	}
	return nil, Errorf(TypeError, "%s() argument 2 must be a byte string of length 1, not %s", method, clinicName(v))
}

// byteSought is the text of a byte given as a number.
func (t *Thread) byteSought(v Value) (Value, error) {
	if !isInt(v) && v.typ().lookup("__index__") == nil {
		return nil, Errorf(TypeError, "argument should be integer or bytes-like object, not '%s'", v.typ().name)
	}
	i, err := t.index(v)
	if err != nil {
		return nil, err
	}
	if i < 0 || i > 255 {
		return nil, Errorf(ValueError, "byte must be in range(0, 256)")
	}
	return privateBytes(string([]byte{byte(i)})), nil
}

func affixes(method string, v Value) (Value, error) {
	tuple, ok := unwrap(v).(*Tuple)
	if !ok {
		return nil, Errorf(TypeError, "%s first arg must be bytes or a tuple of bytes, not %s", method, v.typ().name)
	}
	items := make([]Value, len(tuple.items))
	for i, item := range tuple.items {
		b, ok := AsBytes(item)
		if !ok {
			return nil, notBytes(item)
		}
		items[i] = privateBytes(b)
	}
	return NewTuple(items...), nil
}

func (t *Thread) bytesToJoin(v Value) (Value, error) {
	items, err := t.ToSlice(v)
	if err != nil {
		if isA(err, TypeError) && v.typ().lookup("__iter__") == nil {
			return nil, Errorf(TypeError, "can only join an iterable")
		}
		return nil, err
	}
	texts := make([]Value, len(items))
	for i, item := range items {
		b, ok := AsBytes(item)
		if !ok {
			return nil, Errorf(TypeError, "sequence item %d: expected a bytes-like object, %s found", i, item.typ().name)
		}
		texts[i] = privateBytes(b)
	}
	return NewList(texts...), nil
}
