// Package stdlib is the part of Python's standard library that locustfiles use: one file a module, listed in [Modules].
// A module is written in Go where speed or the operating system asks for it, and in Python (py/) where that is shorter.
package stdlib

import (
	"embed"

	"gregaria/worker/internal/python"
)

//go:embed py/*.py
var sources embed.FS

type maker = func(t *python.Thread) (*python.Module, error)

// Modules lists every module by its full name.
func Modules() map[string]maker {
	m := map[string]maker{
		"random":          newRandom,
		"time":            newTime,
		"json":            newJSON,
		"json.decoder":    jsonParts()["json.decoder"],
		"json.encoder":    jsonParts()["json.encoder"],
		"_json_go":        newJSONGo,
		"_os_go":          newOSGo,
		"math":            newMath,
		"os":              newOS,
		"os.path":         newOSPath,
		"sys":             newSys,
		"uuid":            newUUID,
		"io":              newIO,
		"re":              newRe,
		"hashlib":         newHashlib,
		"_thread":         newThreading,
		"urllib":          newPackage("urllib"),
		"binascii":        newBinascii,
		"_traceback_go":   newTracebackGo,
		"_datetime_go":    newDatetimeGo,
		"_logging_go":     newLoggingGo,
		"_socket_go":      newSocketGo,
		"_collections_go": newCollectionsGo,
	}
	for _, name := range []string{
		"_abcs", "_absent", "_re_more", "_sys_more", "http_errors", "base64", "_abcs_of_data", "_functools_dispatch", "_enum_core", "_enum_flags", "_json_classes", "_os_more", "_path_more", "_logging_adapter", "_logging_format", "errno", "fnmatch", "weakref", "_collections_user", "_environ", "asyncio", "datetime", "logging", "logging.handlers", "logging.config", "itertools", "collections", "urllib.parse", "threading", "string", "typing", "__future__", "functools", "dataclasses", "enum", "abc", "copy", "contextlib", "secrets", "traceback",
		"pathlib", "glob", "queue", "statistics", "csv", "types", "operator", "collections.abc", "warnings", "bisect", "heapq", "textwrap", "shutil", "tempfile", "numbers", "platform", "socket", "gc", "inspect",
	} {
		m[name] = fromSource(name)
	}
	return m
}

func fromSource(name string) maker {
	return func(t *python.Thread) (*python.Module, error) {
		file := "py/" + name + ".py"
		src, err := sources.ReadFile(file)
		if err != nil {
			return nil, python.Errorf(python.ModuleNotFoundError, "No module named '%s'", name)
		}
		return t.LoadSource(name, "<stdlib>/"+name+".py", src)
	}
}

// newPackage makes a package that only holds its modules.
func newPackage(name string) maker {
	return func(*python.Thread) (*python.Module, error) { return python.NewModule(name, nil), nil }
}

type (
	value  = python.Value
	thread = python.Thread
)

func str(s string) value { return python.NewStr(s) }

// textOr returns the text of an optional argument.
func textOr(v value, dflt string) string {
	if v == nil {
		return dflt
	}
	s, ok := python.AsStr(v)
	if !ok {
		return dflt
	}
	return s
}

func given(v value) bool { return v != nil && v != python.None }
