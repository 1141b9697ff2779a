package target

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"time"
)

// DefaultListen is the address that the command listens on, and the one that FastAPI's examples use.
const DefaultListen = "127.0.0.1:8000"

// MaxHold is the most that one story may hold: a slip of a unit should not take the machine down with one request.
const MaxHold = gigabyte

// A Config is what a Server is started with. The tags are for kong: they make the flags and the help of the command.
type Config struct {
	Listen string `default:"${listen}" help:"HOST:PORT to listen on; port 0 takes a free one."`
	Seed   uint64 `default:"1" help:"Seed of the draws behind --error-rate and --latency-jitter."`
	Settings
}

// Validate says what is wrong with the first value that is wrong.
func (c Config) Validate() error {
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		return fmt.Errorf("listen %q is not HOST:PORT: %w", c.Listen, err)
	}
	return c.Settings.Validate()
}

// Settings say what a request costs. They can be changed while the server runs: by Server.Set or by PUT /settings.
// Latency, CPU and Hold are the cost of making a story, so only POST /api/v1/story pays them.
type Settings struct {
	Latency       time.Duration `default:"0s" help:"Mean time to make a story."`
	LatencyJitter time.Duration `default:"0s" help:"The latency of a story is uniform in latency +- this."`
	ErrorRate     float64       `default:"0" help:"Share of valid story requests answered with 500, from 0 to 1."`
	CPU           time.Duration `default:"0s" help:"CPU time burnt to make a story."`
	Hold          Size          `default:"0B" help:"Memory that each story keeps until the server exits: a leak."`
}

// Validate says what is wrong with the first value that is wrong, in the names of the flags.
func (s Settings) Validate() error {
	switch {
	case s.Latency < 0:
		return fmt.Errorf("latency %s is negative", s.Latency)
	case s.LatencyJitter < 0:
		return fmt.Errorf("latency-jitter %s is negative", s.LatencyJitter)
	case s.LatencyJitter > s.Latency:
		return fmt.Errorf("latency-jitter %s is more than latency %s, so the mean would not hold", s.LatencyJitter, s.Latency)
	case !(s.ErrorRate >= 0 && s.ErrorRate <= 1): // written so that NaN is refused too
		return fmt.Errorf("error-rate %v is not from 0 to 1", s.ErrorRate)
	case s.CPU < 0:
		return fmt.Errorf("cpu %s is negative", s.CPU)
	case s.Hold < 0 || s.Hold > MaxHold:
		return fmt.Errorf("hold %d is not from 0 to %d bytes", s.Hold, MaxHold)
	}
	return nil
}

// settingsJSON is the form of Settings in GET and PUT /settings: values are written as the flags write them.
// A nil field of a PUT leaves the setting as it is.
type settingsJSON struct {
	Latency       *duration `json:"latency"`
	LatencyJitter *duration `json:"latency_jitter"`
	ErrorRate     *float64  `json:"error_rate"`
	CPU           *duration `json:"cpu"`
	Hold          *Size     `json:"hold"`
}

// wire returns the JSON form, whose fields point into s.
func (s *Settings) wire() settingsJSON {
	return settingsJSON{
		Latency:       (*duration)(&s.Latency),
		LatencyJitter: (*duration)(&s.LatencyJitter),
		ErrorRate:     &s.ErrorRate,
		CPU:           (*duration)(&s.CPU),
		Hold:          &s.Hold,
	}
}

// MarshalJSON writes all settings, for example {"latency":"20ms",...,"hold":"1MB"}.
func (s Settings) MarshalJSON() ([]byte, error) { return json.Marshal(s.wire()) }

// UnmarshalJSON changes the settings that data names and leaves the others. A name that is not a setting is an error.
func (s *Settings) UnmarshalJSON(data []byte) error {
	wire := s.wire()
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	return decoder.Decode(&wire)
}

// A duration is a time.Duration whose text is Go's, such as "1.5s".
type duration time.Duration

// MarshalText writes the duration as UnmarshalText reads it.
func (d duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// UnmarshalText reads a number with a unit.
func (d *duration) UnmarshalText(text []byte) error {
	parsed, err := time.ParseDuration(string(text))
	*d = duration(parsed)
	return err
}
