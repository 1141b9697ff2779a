package jobs

import (
	"slices"
	"testing"
)

func TestMatches(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		pattern Pattern
		name    string
		want    bool
	}{
		{Pattern{"GET", "/x", false}, "/x", true},
		{Pattern{"POST", "/x", false}, "/x", false},
		{Pattern{"GET", "/x", false}, "/xy", false},
		{Pattern{"GET", "/x/*", false}, "/x/", true},
		{Pattern{"GET", "/x/*", false}, "/x/1/y", true},
		{Pattern{"GET", "/x/*", false}, "/x", false},
		{Pattern{"GET", "*/status", false}, "/x/1/status", true},
		{Pattern{"GET", "/*/status", false}, "/x/status/1/status", true},
		{Pattern{"GET", "/*/status", false}, "/x/status/1", false},
		{Pattern{"GET", "/a*b*c", false}, "/abc", true},
		{Pattern{"GET", "/a*b*c", false}, "/acb", false},
		{Pattern{"GET", "*", false}, "", true},
		{Pattern{"GET", "a*", false}, "", false},
		{Pattern{"GET", "/x/*", true}, "/x/1", false},
		{Pattern{"GET", "/x/*", true}, "/x/*", true},
	} {
		if got := tt.pattern.Matches("GET", tt.name); got != tt.want {
			t.Errorf("%+v matches GET %s: %v, want %v", tt.pattern, tt.name, got, tt.want)
		}
	}
}

func TestParts(t *testing.T) {
	t.Parallel()
	for address, want := range map[string][]string{
		"http://h:80/api/jobs/17":               {"17", "jobs", "api"},
		"https://h/jobs/a%2Fb/status?x=1&y=a+b": {"status", "a/b", "jobs", "a b", "1"},
		"http://h":                              nil,
		"/jobs//17/#frag?q=1":                   {"17", "jobs"},
		"jobs?id=":                              {"jobs"},
		"/a%zz?b=%zz":                           {"a%zz", "%zz"},
	} {
		var got []string
		parts(address, func(part string) bool {
			got = append(got, part)
			return false
		})
		if !slices.Equal(got, want) {
			t.Errorf("parts of %s = %q, want %q", address, got, want)
		}
	}
}

// FuzzIDAt has any text as an address: its id is one that a poll to the same address is found by.
func FuzzIDAt(f *testing.F) {
	for _, address := range []string{"https://h:1/jobs/17/status?api-version=1&x=2#y", "/status?job-id=%2F1%2B", "jobs/a%2Fb%zz/", "?;&id=&id=7", "://?/"} {
		f.Add(address)
	}
	f.Fuzz(func(t *testing.T, address string) {
		id := idAt(address)
		if id == "" {
			return
		}
		if !parts(address, func(part string) bool { return after(part) == id }) {
			t.Errorf("the id of %q is %q, by which no poll of it is found", address, id)
		}
	})
}

func TestIDOf(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"17": "17", "a-b": "a-b", "http://h/jobs/17": "17", "/jobs/17/": "17", "/status?verbose=1&job=17": "17", "operations/17": "17", "/": "", "": "",
		"https://h/v1/jobs/17?api-version=2024-07-31": "17", "/jobs/17/status": "17", "/jobs/17/Result/?x=1#y": "17", "/jobs/status?job_id=1%2F7&x=2": "7", "/status?k=17": "17",
		"/status": "", "https://h/": "", "/jobs/a%20b": "a b", "/jobs/a%2Fb": "b", "/jobs?ID=": "jobs", "a?b": "a?b", "/jobs/17#/status": "17",
	} {
		if got := idOf(value); got != want {
			t.Errorf("the id of %q = %q, want %q", value, got, want)
		}
	}
}
