package extra

import (
	"html"

	"gregaria/worker/internal/python"
)

// newHTML makes what html needs of Go's list of entities.
func newHTML(*thread) (*python.Module, error) {
	return python.NewModule("_extra_html", nil, python.Func("unescape(s)", func(_ *thread, a []value) (value, error) {
		s, ok := python.AsStr(a[0])
		if !ok {
			return nil, python.Errorf(python.TypeError, "argument of type '%s' is not iterable", python.TypeOf(a[0]).Name())
		}
		return str(html.UnescapeString(s)), nil
	})), nil
}
