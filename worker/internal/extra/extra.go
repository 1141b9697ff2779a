// Package extra has the modules beyond the heart of the standard library that locustfiles use: rarer ones of CPython, and
// third-party packages, in words of our own. A module is a file here, in Go or in Python (py/), and a line in [Modules].
package extra

import (
	"embed"
	"strings"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/sslcontext"
)

//go:embed all:py
var sources embed.FS

type (
	maker  = func(t *python.Thread) (*python.Module, error)
	value  = python.Value
	thread = python.Thread
)

// Modules lists every module by its full name.
func Modules() map[string]maker {
	m := map[string]maker{
		"_extra_greenlet":  newGreenlet,
		"_extra_html":      newHTML,
		"_extra_http":      newHTTP,
		"_extra_websocket": newWebSocket,
		"_extra_zone":      newZone,
		"_extra_importlib": newImportlib,
		"_ssl_go":          sslcontext.NewModule,
		"_extra_process":   newProcess,
		"_extra_resource":  newResource,
		"_extra_signal":    newSignal,
		"_extra_unicode":   newUnicode,
		"_extra_text":      newText,
		"_extra_struct":    newStruct, "_extra_compress": newCompress,
	}
	for _, name := range inPython() {
		m[name] = fromSource(name)
	}
	return m
}

// inPython lists the modules whose source is in py/.
func inPython() []string {
	return []string{
		"gevent", "gevent.event", "gevent.greenlet", "gevent.hub", "gevent.local", "gevent.lock", "gevent.monkey", "gevent.pool",
		"gevent.queue", "gevent.threadpool", "gevent.timeout", "gevent.exceptions", "gevent.ssl", "gevent._semaphore", "greenlet",
		"argparse", "_argparse_help", "flask", "flask_login", "certifi", "codecs", "resource", "psutil", "importlib.metadata", "gevent.subprocess", "gevent.select", "gevent.time", "gevent.threading", "gevent.socket", "gevent.signal", "concurrent", "concurrent.futures", "configparser", "decouple", "dotenv", "dotenv.main", "shlex", "html", "html.parser", "http", "http.client", "http.cookies", "http.cookiejar", "urllib.error", "urllib.request", "importlib", "importlib.machinery", "importlib.util", "site",
		"typing_extensions", "pprint", "signal", "subprocess", "websocket", "websocket._abnf", "websocket._app", "websocket._core", "websocket._exceptions", "websocket._http", "websocket._logging", "loguru", "ssl", "toml", "tomli", "tomllib", "decimal", "zoneinfo", "faker", "faker.exceptions", "faker.provider", "faker.providers", "faker.proxy", "faker.words",
		"ast", "unicodedata", "mimetypes", "timeit", "getpass", "select", "sched", "difflib", "struct", "zlib", "gzip", "tarfile", "zipfile", "calendar", "locale", "multiprocessing", "hmac", "jwt", "jwt.exceptions", "fractions",
	}
}

// fromSource makes a module that is written in Python: py/a/b.py, or py/a/__init__.py for a package.
func fromSource(name string) maker {
	return func(t *thread) (*python.Module, error) {
		path := strings.ReplaceAll(name, ".", "/")
		for _, file := range []string{path + ".py", path + "/__init__.py"} {
			if src, err := sources.ReadFile("py/" + file); err == nil {
				return t.LoadSource(name, "<stdlib>/"+file, src)
			}
		}
		return nil, python.Errorf(python.ModuleNotFoundError, "No module named '%s'", name)
	}
}

func str(s string) value { return python.NewStr(s) }

func orNone(v value) value {
	if v == nil {
		return python.None
	}
	return v
}
