package cli

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"

	"gregaria/loadtest/internal/plan"
)

// A requestLog is a flag with or without a value: --request-log is --request-log=jsonl.
type requestLog string

var _ kong.BoolMapperValue = (*requestLog)(nil)

// IsBool says that the flag needs no value.
func (*requestLog) IsBool() bool { return true }

// Decode is kong.MapperValue. Of a variable it takes what says yes and no, too.
func (r *requestLog) Decode(ctx *kong.DecodeContext) error {
	*r = plan.RequestsAsJSON
	if ctx.Scan.Peek().Type != kong.FlagValueToken {
		return nil
	}
	value := fmt.Sprint(ctx.Scan.Pop().Value)
	switch strings.ToLower(value) {
	case plan.RequestsAsJSON, "true", "1", "yes":
	case plan.RequestsAsCSV:
		*r = plan.RequestsAsCSV
	case "", "false", "0", "no":
		*r = ""
	default:
		return fmt.Errorf("%q is neither %s nor %s", value, plan.RequestsAsJSON, plan.RequestsAsCSV)
	}
	return nil
}
