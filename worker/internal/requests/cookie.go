package requests

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"gregaria/worker/internal/python"
)

// parseCookie reads a Set-Cookie header (http.cookiejar.parse_ns_headers, CookieJar._normalized_cookie_tuples). It is nil
// if that is none, and alive unless it has expired.
func parseCookie(header string, p place, now int64) (c *Cookie, alive bool) {
	attrs := strings.Split(header, ";")
	name, v, hasValue := strings.Cut(strings.TrimSpace(attrs[0]), "=")
	if name = strings.TrimSpace(name); name == "" {
		return nil, false
	}
	c = &Cookie{Name: name, Value: python.None}
	if hasValue {
		c.Value = python.NewStr(strings.TrimSpace(v))
	}
	seen := map[string]bool{}
	for _, a := range attrs[1:] {
		key, v, hasValue := strings.Cut(strings.TrimSpace(a), "=")
		if key = strings.TrimSpace(key); key == "" {
			continue
		}
		if !c.attribute(key, strings.TrimSpace(v), hasValue, seen, now) {
			return nil, false
		}
	}
	c.place(p)
	return c, !c.expiring || c.expires > now
}

// attribute takes one attribute of a cookie; false is a cookie that is none. Only the first of a kind counts.
func (c *Cookie) attribute(key, v string, hasValue bool, seen map[string]bool, now int64) bool {
	lower := strings.ToLower(key)
	if seen[lower] {
		return true
	}
	switch lower {
	case "domain":
		if !hasValue {
			return false
		}
		c.Domain, c.domainSpecified = strings.ToLower(v), true
	case "path":
		if !hasValue {
			return false
		}
		c.Path, c.pathSpecified = v, true
	case "secure":
		c.secure = true
	case "max-age":
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			return false
		}
		c.expires, c.expiring = now+n, true
		seen["expires"] = true
	case "expires":
		if at, ok := cookieTime(strings.Trim(v, `"`)); ok {
			c.expires, c.expiring = at, true
		}
	case "version", "port":
	default:
		c.rest = append(c.rest, field{key, restValue(v, hasValue)})
		return true
	}
	seen[lower] = true
	return true
}

func restValue(v string, has bool) value {
	if has {
		return python.NewStr(v)
	}
	return python.None
}

// place completes a cookie's domain and path from where it was set.
func (c *Cookie) place(p place) {
	if c.pathSpecified && c.Path != "" {
		c.Path = escapePath(c.Path)
	} else {
		c.pathSpecified = false
		c.Path = p.path[:strings.LastIndexByte(p.path, '/')]
		if c.Path == "" {
			c.Path = "/"
		}
	}
	switch {
	case !c.domainSpecified:
		c.Domain = p.effective
	case !strings.HasPrefix(c.Domain, "."):
		c.Domain = "." + c.Domain
	}
}

var cookieDate = regexp.MustCompile(`^(?i:(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat)[a-z]*,?\s*)?(\d\d?)(?:\s+|[-/])(\w+)(?:\s+|[-/])(\d+)(?:(?:\s+|:)(\d\d?):(\d\d)(?::(\d\d))?)?\s*(?:([-+]?\d{2,4}|[A-Za-z]+)\s*)?$`)

// cookieTime reads the dates of cookies (http.cookiejar.http2time).
func cookieTime(s string) (int64, bool) {
	m := cookieDate.FindStringSubmatch(strings.TrimLeft(s, " \t"))
	if m == nil {
		return 0, false
	}
	month := strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(m[2]))
	if len(m[2]) != 3 || month%3 != 0 {
		return 0, false
	}
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	year := number(m[3])
	if year < 1000 {
		year = nearYear(year, time.Now().Year())
	}
	zone, ok := cookieZone(m[7])
	day, hour, minute, second := number(m[1]), number(m[4]), number(m[5]), number(m[6])
	if !ok || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 61 || year > 9999 {
		return 0, false
	}
	return time.Date(year, time.Month(month/3+1), day, hour, minute, second, 0, time.UTC).Unix() - zone, true
}

// nearYear completes a year of two digits to the one that is nearest.
func nearYear(year, now int) int {
	m := now % 100
	full := year + now - m
	if m -= year; m > 50 {
		full += 100
	} else if m < -50 {
		full -= 100
	}
	return full
}

// cookieZone is the seconds that a time zone is ahead of UTC.
func cookieZone(s string) (int64, bool) {
	switch strings.ToUpper(s) {
	case "", "GMT", "UTC", "UT", "Z":
		return 0, true
	}
	if s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	digits := s[1:]
	if len(digits) < 3 {
		digits += "00"
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	seconds := n/100*3600 + n%100*60
	if s[0] == '-' {
		seconds = -seconds
	}
	return seconds, err == nil
}
