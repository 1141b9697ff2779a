package jsonpath

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func ExamplePath_First() {
	p, err := Parse("$.choices[0].delta.content")
	if err != nil {
		panic(err)
	}
	fmt.Println(p.First([]byte(`{"id": 7, "choices": [{"delta": {"role": "assistant", "content": "Once"}}]}`)))
	// Output: Once true
}

func TestParse(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want, reason string }{
		{"$", "$", "the document"},
		{"$.status", "$.status", "a name"},
		{"$.choices[0].delta.content", "$.choices[0].delta.content", "an element"},
		{"$.a[*].b", "$.a[*].b", "all of them"},
		{"$.*", "$[*]", "all of them, as JSONPath has it too"},
		{"$['a b']", "$['a b']", "quotes"},
		{`$["a"]`, "$.a", "quotes that need not be"},
		{`$['it\'s \\']`, `$['it\'s \\']`, "a quote and a backslash in a name"},
		{"$['']", "$['']", "no name is a name"},
		{"$.größe-1", "$.größe-1", "letters of other alphabets"},
		{"$" + strings.Repeat(".a", 16), "$" + strings.Repeat(".a", 16), "the longest"},
	} {
		p, err := Parse(tt.text)
		if err != nil || p.String() != tt.want {
			t.Errorf("Parse(%q) = %v, %v, want %s: %s", tt.text, p, err, tt.want, tt.reason)
		}
	}
	for _, text := range []string{
		"", "status", ".status", "$.", "$..a", "$.a b", "$[", "$[]", "$[-1]", "$[+1]", "$[1", "$['a]", "$['a'", "$[a]", "$.a.", "$[99999999999999999999]",
		"$" + strings.Repeat(".a", 17), "$.a,$.b",
	} {
		if p, err := Parse(text); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("%q", text)) {
			t.Errorf("Parse(%q) = %v, %v, want an error that quotes it", text, p, err)
		}
	}
}

func TestParseList(t *testing.T) {
	t.Parallel()
	paths, err := ParseList("$.a , $['b,c'][0]")
	if err != nil || len(paths) != 2 || paths[0].String() != "$.a" || paths[1].String() != "$['b,c'][0]" {
		t.Errorf("ParseList = %v, %v", paths, err)
	}
	for _, text := range []string{"", "$.a,", "$.a $.b", ",$.a", "$.a,,$.b"} {
		if paths, err := ParseList(text); err == nil {
			t.Errorf("ParseList(%q) = %v, want an error", text, paths)
		}
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	p, rest, err := Cut("$.status in (done, failed)")
	if err != nil || p.String() != "$.status" || rest != " in (done, failed)" {
		t.Errorf("Cut = %v, %q, %v", p, rest, err)
	}
}

// documents are what each of the finders is tried on.
var documents = []struct {
	path, document string
	texts          []string
	found          bool
	reason         string
}{
	{"$.status", `{"status":"done"}`, []string{"done"}, true, "a string"},
	{"$.status", ` { "x" : [{"status":"no"}] , "status" : "" } `, []string{""}, false, "an empty string, and another status before it"},
	{"$.a", `{"a":null}`, []string{"null"}, false, "null"},
	{"$.a", `{"a":nullx}`, []string{"nullx"}, true, "no JSON, and not null"},
	{"$.a", `{"a":0}`, []string{"0"}, true, "a number is never empty"},
	{"$.a", `{"a":false}`, []string{"false"}, true, "false is a value"},
	{"$.a", `{"a":-1.5e3 ,"b":1}`, []string{"-1.5e3"}, true, "a number with all that it may have"},
	{"$.a", `{"a":[ ]}`, []string{"[ ]"}, false, "an empty array"},
	{"$.a", `{"a":{ }}`, []string{"{ }"}, false, "an empty object"},
	{"$.a", `{"a":{"b":["]\"}"]}}`, []string{`{"b":["]\"}"]}`}, true, "an object as it stands there"},
	{"$.a", `{"b":{"a":1},"c":[{"a":2}]}`, nil, false, "the name elsewhere"},
	{"$.a", `{"aa":1,"":2,"b":3}`, nil, false, "other names"},
	{"$.a.b", `{"a":[{"b":1}]}`, nil, false, "an array where an object should be"},
	{"$.a[0]", `{"a":{"0":1}}`, nil, false, "an object where an array should be"},
	{"$.a[1]", `{"a":[[1,2],"two",3]}`, []string{"two"}, true, "the second element"},
	{"$.a[*].b", `{"a":[{"b":""},{"c":1},{"b":"x"}]}`, []string{"", "x"}, true, "one of all"},
	{"$[*]", `{"a":1,"b":[2]}`, []string{"1", "[2]"}, true, "all members"},
	{"$", ` 5`, []string{"5"}, true, "a document that is a number, and ends with it"},
	{"$", `null`, []string{"null"}, false, "a document that is null"},
	{"$", `"x"`, []string{"x"}, true, "a document that is a string"},
	{"$.choices[0].delta.content", `[DONE]`, nil, false, "the end of OpenAI's streams"},
	{"$.choices[0].delta.content", `{"choices":[{"delta":{"role":"assistant","content":""}}]}`, []string{""}, false, "a role, no text"},
	{"$.choices[0].delta.content", `{"choices":[{"index":0,"delta":{"content":" "}}]}`, []string{" "}, true, "a blank is a token"},
	{`$.é`, `{"\u00e9":"\ud83d\ude00\n\t\"\\\/"}`, []string{"😀\n\t\"\\/"}, true, "escapes in names and texts"},
	{`$.a`, `{"a":"\ud83dx\ude00\ud83d\ud83d\ude00"}`, []string{"\ufffdx\ufffd\ufffd😀"}, true, "halves of pairs"},
	{`$.a`, `{"a":"\u12"}`, []string{"\ufffd"}, true, "an escape that is cut"},
	{`$.a`, `{"a":1,"a":2}`, []string{"1", "2"}, true, "a name that comes twice"},
	{`$.a`, `{"a":"cut`, nil, true, "a document that breaks off: enough has come to know"},
	{`$.a`, `}`, nil, false, "no JSON"},
	{`$.a`, ``, nil, false, "nothing"},
	{`$.a[0]`, `{"a":}],[`, nil, false, "no JSON"},
	{`$.a`, `{"a":1} {"a":2}`, []string{"1"}, true, "what follows a document is none of it"},
}

func TestFind(t *testing.T) {
	t.Parallel()
	for _, tt := range documents {
		p, err := Parse(tt.path)
		if err != nil {
			t.Fatal(err)
		}
		var texts []string
		p.Any([]byte(tt.document), func(text []byte) bool { texts = append(texts, string(text)); return false })
		if !slices.Equal(texts, tt.texts) {
			t.Errorf("%s has in %s %q, want %q: %s", p, tt.document, texts, tt.texts, tt.reason)
		}
		first, ok := p.First([]byte(tt.document))
		if ok != (len(tt.texts) > 0) || ok && first != tt.texts[0] {
			t.Errorf("%s has in %s first %q, %t, want of %q: %s", p, tt.document, first, ok, tt.texts, tt.reason)
		}
		s := NewScanner(p)
		for range 2 { // after Reset as well
			for i := range len(tt.document) {
				s.Feed([]byte(tt.document[i : i+1]))
			}
			if got := s.Feed(nil); got != tt.found {
				t.Errorf("%s finds in %s, byte by byte, %t, want %t: %s", p, tt.document, got, tt.found, tt.reason)
			}
			s.Reset()
		}
		if got := s.Feed([]byte(tt.document)); got != tt.found {
			t.Errorf("%s finds in %s %t, want %t: %s", p, tt.document, got, tt.found, tt.reason)
		}
	}
}

func TestScannerAllocatesNothing(t *testing.T) {
	p, _ := Parse("$.choices[0].delta.content")
	s := NewScanner(p)
	event := []byte(`{"id":"chatcmpl-123","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}]}`)
	if n := testing.AllocsPerRun(100, func() { s.Reset(); s.Feed(event) }); n != 0 {
		t.Errorf("an event costs %v allocations, want none", n)
	}
}

func BenchmarkScanner(b *testing.B) {
	p, _ := Parse("$.choices[0].delta.content")
	s := NewScanner(p)
	event := []byte(`{"id":"chatcmpl-123","object":"chat.completion.chunk","created":1700000000,"choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}]}`)
	b.SetBytes(int64(len(event)))
	for b.Loop() {
		s.Reset()
		s.Feed(event)
	}
}
