// Package regex is Python's regular expressions: the syntax, the messages and the meaning of CPython 3.11's re, for str and bytes.
//
// A pattern is parsed here (parse*.go), as Lib/re/_parser.py does, into nodes. It is then written in the words of an engine
// (write.go), in which nothing depends on what the engine thinks of letters, cases, ends of lines or group numbers: classes are
// spelled out (class.go, fold.go), and each engine runs with its options off.
//
// Two engines run patterns. Go's regexp (RE2) takes time in proportion to the text. It gets all patterns whose meaning it shares
// (resolve.go), on all texts on which it shares it (find.go): \b of Unicode letters is RE2's own where the text is ASCII, and $ is
// the end where no newline ends the text. A look-behind that begins a pattern and a look-ahead that ends it are matched along
// (edges.go). The rest goes to regexp2, which backtracks as CPython does. There, a look-behind looks ahead from further back,
// since regexp2 reads it from right to left, and a loop whose body can be empty is written twice, since regexp2 ends it at the first
// empty turn. A match that takes longer than [FirstSlice] goes on beside everything else ([Slow]), up to [MaxTime].
package regex
