package stdlib

import (
	"io"
	"strings"
	"testing"

	"gregaria/worker/internal/python"
)

func benchmarkRe(b *testing.B, body string) {
	t := python.New(python.Options{Stdout: io.Discard, Modules: Modules()}).NewThread()
	t.Lock()
	defer t.Unlock()
	m, err := t.Exec("__main__", "bench.py", []byte("import re\n"+body))
	if err != nil {
		b.Fatal(t.Traceback(err))
	}
	page := strings.Repeat("<li class=\"item\"><a href=\"/products/1\">A product</a> for 12.50</li>\n", 150)
	page += page[:4000] + `<input name="csrf" value="0123456789abcdef">` + page[:6000]
	s := python.NewStr(page)
	f := m.Attrs().GetStr("f")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := t.Call(f, python.NewStr(s.String())); err != nil {
			b.Fatal(t.Traceback(err))
		}
	}
}

func BenchmarkReCSRF(b *testing.B) {
	benchmarkRe(b, "def f(s): return re.search('name=\"csrf\" value=\"(.+?)\"', s).group(1)\n")
}

func BenchmarkReCompiled(b *testing.B) {
	benchmarkRe(b, "p = re.compile('name=\"csrf\" value=\"(.+?)\"')\ndef f(s): return p.search(s).group(1)\n")
}

func BenchmarkReLinks(b *testing.B) {
	benchmarkRe(b, "p = re.compile(r'<a href=\"(/products/(?P<id>\\d+))\">')\ndef f(s): return p.findall(s)\n")
}

func BenchmarkReSub(b *testing.B) {
	benchmarkRe(b, "p = re.compile(r'\\s+')\ndef f(s): return p.sub(' ', s)\n")
}

func BenchmarkReWords(b *testing.B) {
	benchmarkRe(b, "p = re.compile(r'\\w+')\ndef f(s): return p.findall(s)\n")
}

func BenchmarkReShort(b *testing.B) {
	benchmarkRe(b, "p = re.compile(r'^(\\d+)-(\\d+)$')\ndef f(s): return p.match('2024-05')\n")
}

func BenchmarkReLook(b *testing.B) {
	benchmarkRe(b, "p = re.compile('(?<=name=\"csrf\" value=\")[^\"]+')\ndef f(s): return p.search(s).group()\n")
}

func BenchmarkReCompile(b *testing.B) {
	benchmarkRe(b, "def f(s):\n re.purge()\n return re.compile(r'<a\\s+href=\"(?P<url>/[^\"]*)\">(\\w+)', re.I)\n")
}
