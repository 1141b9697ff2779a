// Package syntax turns the source text of a Python module into a small syntax tree. The grammar is tree-sitter's; the tree
// is our own, so that the compiler depends on no parser and several isolates can share one tree, which nobody changes.
package syntax

// Pos is the stretch of source that a node covers. Lines count from 1, columns in bytes from 0, as in Python's ast module.
type Pos struct{ Line, Col, EndLine, EndCol int32 }

// Expr is any expression.
type Expr interface{ Span() Pos }

// Stmt is any statement.
type Stmt interface{ Span() Pos }

// Span returns where the node stands.
func (p Pos) Span() Pos { return p }

// The expressions.
type (
	// Name is a variable.
	Name struct {
		Pos
		ID string
	}
	// Int is an integer literal: its digits in the form that math/big reads with base 0.
	Int struct {
		Pos
		Text string
	}
	// Float is a floating-point literal.
	Float struct {
		Pos
		Value float64
	}
	// Str is a string literal without interpolations, its escapes already resolved.
	Str struct {
		Pos
		Value string
	}
	// Bytes is a bytes literal.
	Bytes struct {
		Pos
		Value string
	}
	// Const is None, True, False or the ellipsis.
	Const struct {
		Pos
		Name string
	}
	// FString is a string with interpolations: parts are *Str and *Interp.
	FString struct {
		Pos
		Parts []Expr
	}
	// Interp is one {...} in an f-string. Conv is 0, 's', 'r' or 'a'; Spec may be nil.
	Interp struct {
		Pos
		X    Expr
		Conv byte
		Spec Expr
	}
	// Tuple is a tuple display or an unparenthesised list of expressions.
	Tuple struct {
		Pos
		Elts []Expr
	}
	// List is a list display.
	List struct {
		Pos
		Elts []Expr
	}
	// Set is a set display.
	Set struct {
		Pos
		Elts []Expr
	}
	// Dict is a dict display. A nil key means **value.
	Dict struct {
		Pos
		Keys, Values []Expr
	}
	// Star is *x in a call, display or assignment target.
	Star struct {
		Pos
		X Expr
	}
	// Unary is -x, +x, ~x or not x.
	Unary struct {
		Pos
		Op string
		X  Expr
	}
	// Binary is an arithmetic or bitwise operation.
	Binary struct {
		Pos
		Op   string
		L, R Expr
	}
	// Bool is "and" or "or".
	Bool struct {
		Pos
		Op   string
		L, R Expr
	}
	// Compare is a chain of comparisons.
	Compare struct {
		Pos
		First Expr
		Ops   []string
		Rest  []Expr
	}
	// Cond is a conditional expression.
	Cond struct {
		Pos
		Test, Then, Else Expr
	}
	// Walrus is (name := value).
	Walrus struct {
		Pos
		Target *Name
		Value  Expr
	}
	// Call is a call. A keyword argument without name is **value.
	Call struct {
		Pos
		Func Expr
		Args []Expr
		Kw   []Keyword
	}
	// Keyword is name=value in a call or a class definition.
	Keyword struct {
		Name  string
		Value Expr
	}
	// Attr is x.name.
	Attr struct {
		Pos
		X    Expr
		Name string
	}
	// Index is x[index].
	Index struct {
		Pos
		X, Index Expr
	}
	// Slice is low:high:step in an index; each may be nil.
	Slice struct {
		Pos
		Low, High, Step Expr
	}
	// Comp is a comprehension: Kind is "list", "set", "dict" or "gen"; dicts have a Value.
	Comp struct {
		Pos
		Kind       string
		Elt, Value Expr
		Clauses    []Clause
	}
	// Clause is one "for target in iter" with the ifs behind it.
	Clause struct {
		Async  bool
		Target Expr
		Iter   Expr
		Ifs    []Expr
	}
	// Lambda is a lambda.
	Lambda struct {
		Pos
		Params Params
		Body   Expr
	}
	// Yield is yield or yield from.
	Yield struct {
		Pos
		X    Expr
		From bool
	}
	// Await is await x.
	Await struct {
		Pos
		X Expr
	}
)

// Params are the parameters of a function.
type Params struct {
	List []Param
	// Star and DoubleStar are the names of *args and **kwargs, "" if there is none.
	Star, DoubleStar string
	// StarAnnotation and DoubleStarAnnotation are their annotations, or nil.
	StarAnnotation, DoubleStarAnnotation Expr
}

// Param is one parameter.
type Param struct {
	Name       string
	Default    Expr
	Annotation Expr
	PosOnly    bool
	KwOnly     bool
}

// The statements.
type (
	// ExprStmt is an expression as a statement.
	ExprStmt struct {
		Pos
		X Expr
	}
	// Assign is targets[0] = targets[1] = value.
	Assign struct {
		Pos
		Targets []Expr
		Value   Expr
	}
	// AugAssign is target op= value; Op has no "=".
	AugAssign struct {
		Pos
		Target Expr
		Op     string
		Value  Expr
	}
	// AnnAssign is target: annotation [= value].
	AnnAssign struct {
		Pos
		Target, Annotation, Value Expr
	}
	// Return is return.
	Return struct {
		Pos
		X Expr
	}
	// Delete is del.
	Delete struct {
		Pos
		Targets []Expr
	}
	// Raise is raise X from Cause.
	Raise struct {
		Pos
		X, Cause Expr
	}
	// Simple is pass, break or continue.
	Simple struct {
		Pos
		Kind string
	}
	// Scope is global or nonlocal.
	Scope struct {
		Pos
		Global bool
		Names  []string
	}
	// Import is import a.b as c.
	Import struct {
		Pos
		Names []Alias
	}
	// ImportFrom is from module import names; Names is nil for *.
	ImportFrom struct {
		Pos
		Module string
		Level  int
		Names  []Alias
	}
	// Alias is one imported name.
	Alias struct {
		Pos
		Name, As string
	}
	// Assert is assert.
	Assert struct {
		Pos
		Test, Msg Expr
	}
	// If is if; elif is an If in Else.
	If struct {
		Pos
		Test       Expr
		Body, Else []Stmt
	}
	// For is a for loop.
	For struct {
		Pos
		Async        bool
		Target, Iter Expr
		Body, Else   []Stmt
	}
	// While is a while loop.
	While struct {
		Pos
		Test       Expr
		Body, Else []Stmt
	}
	// Try is try.
	Try struct {
		Pos
		Body, Else, Finally []Stmt
		Handlers            []Handler
	}
	// Handler is one except clause.
	Handler struct {
		Pos
		Type Expr
		Name string
		Body []Stmt
	}
	// With is with, one item each; several items are nested.
	With struct {
		Pos
		Async        bool
		Item, Target Expr
		Body         []Stmt
	}
	// Func is a function definition.
	Func struct {
		Pos
		Name       string
		Params     Params
		Returns    Expr
		Body       []Stmt // of a late one its docstring, or pass
		Late       *Late  // nil for most
		Decorators []Expr
		Async      bool
	}
	// Class is a class definition.
	Class struct {
		Pos
		Name       string
		Bases      []Expr
		Kw         []Keyword
		Body       []Stmt
		Decorators []Expr
	}
	// Match is match.
	Match struct {
		Pos
		Subject Expr
		Cases   []Case
	}
	// Case is one case of a match.
	Case struct {
		Pattern Pattern
		Guard   Expr
		Body    []Stmt
	}
	// Unsupported is syntax that parses and cannot run; What says what it is.
	Unsupported struct {
		Pos
		What string
	}
)

// Pattern is any pattern of a case.
type Pattern interface{ pattern() }

// The patterns.
type (
	// PatValue compares with == (or "is", for None, True and False).
	PatValue struct{ X Expr }
	// PatCapture binds what X matches, or anything if X is nil, to a name; "" is the wildcard.
	PatCapture struct {
		Name string
		X    Pattern
	}
	// PatOr is a|b.
	PatOr struct{ Alts []Pattern }
	// PatSeq is [a, *b]; a PatStar may be among the elements.
	PatSeq struct{ Elts []Pattern }
	// PatStar is *name in a sequence.
	PatStar struct{ Name string }
	// PatMap is {"k": p, **rest}; Rest is "" if there is none.
	PatMap struct {
		Keys []Expr
		Vals []Pattern
		Rest string
	}
	// PatClass is C(p, k=p).
	PatClass struct {
		Cls   Expr
		Args  []Pattern
		Names []string
		Kw    []Pattern
	}
)

func (*PatValue) pattern()   {}
func (*PatCapture) pattern() {}
func (*PatOr) pattern()      {}
func (*PatSeq) pattern()     {}
func (*PatStar) pattern()    {}
func (*PatMap) pattern()     {}
func (*PatClass) pattern()   {}
