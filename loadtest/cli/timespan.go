package cli

import (
	"reflect"

	"github.com/alecthomas/kong"

	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/plan"
)

// A timespan is a flag with a time as people write it, 5m or 90s or 300, in seconds.
type timespan float64

// decodeTimespan is the kong.Mapper of a timespan.
func decodeTimespan(ctx *kong.DecodeContext, target reflect.Value) error {
	var text string
	if err := ctx.Scan.PopValueInto("time", &text); err != nil {
		return err
	}
	seconds, err := plan.Timespan(text)
	if err == nil {
		target.SetFloat(seconds)
	}
	return err
}

// seconds is the time, nil where none was given.
func (t *timespan) seconds() *float64 { return (*float64)(t) }

// takeRunTime makes Locust's name for --duration count as that. As a flag it outweighs a variable; two flags that differ are a slip.
func (f *flags) takeRunTime(given *kong.Context) error {
	if f.RunTime == nil {
		return nil
	}
	for _, path := range given.Path { // what the command line has, not what variables say
		if path.Flag != nil && path.Flag.Name == "duration" && *f.Duration != *f.RunTime {
			return fault.New(fault.Usage, "--duration and --run-time are the same, and say %s and %s: leave one of them out",
				plan.Written(float64(*f.Duration)), plan.Written(float64(*f.RunTime)))
		}
	}
	f.Duration = f.RunTime
	return nil
}
