package regex_test

import (
	"fmt"

	"gregaria/worker/internal/python/regex"
)

func Example() {
	p, err := regex.Compile(`(?<=value=")(?P<token>\w+)`, false, 0, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	text := regex.NewText(`é <input value="a1b2">`, false)
	f := p.Finder(nil, text, 0, text.End(), 1)
	loc, err := f.Next(regex.Search)
	fmt.Println(text.Slice(loc[2], loc[3]), text.Char(loc[2]), p.Names, err)
	// Output: a1b2 16 [{token 1}] <nil>
}
