package cli

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"
)

// A percent is a flag with a percentage above 0 and below 100, as 5%, in shares of 1. Its sign has to be there: 0.05 could be either.
type percent float64

// decodePercent is the kong.Mapper of a percent.
func decodePercent(ctx *kong.DecodeContext, target reflect.Value) error {
	var text string
	if err := ctx.Scan.PopValueInto("percentage", &text); err != nil {
		return err
	}
	number, is := strings.CutSuffix(text, "%")
	value, err := strconv.ParseFloat(number, 64)
	if !is || err != nil || !(value > 0 && value < 100) {
		return fmt.Errorf("%q: write a percentage above 0%% and below 100%%, such as 5%%", text)
	}
	target.SetFloat(value / 100)
	return nil
}
