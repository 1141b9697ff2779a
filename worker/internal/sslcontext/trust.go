package sslcontext

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gregaria/worker/internal/python"
)

// trust is load_verify_locations: a file, a folder and certificates themselves, each nil if there is none.
func (c *Context) trust(t *thread, file, folder, data value) error {
	if file == nil && folder == nil && data == nil {
		return python.Errorf(python.TypeError, "cafile, capath and cadata cannot be all omitted")
	}
	if path, ok := pathOf(t, file); ok {
		b, err := read(path)
		if err != nil {
			return err
		}
		if !x509.NewCertPool().AppendCertsFromPEM(b) {
			return numbered(t, 136, "[X509: NO_CERTIFICATE_OR_CRL_FOUND] no certificate or crl found (_ssl.c:4154)")
		}
		c.add(b)
	}
	if path, ok := pathOf(t, folder); ok {
		c.trustFolder(path)
	}
	return c.trustData(t, data)
}

// add adds certificates to those that are trusted.
func (c *Context) add(pem []byte) {
	if !slices.ContainsFunc(c.pems, func(b []byte) bool { return bytes.Equal(b, pem) }) {
		c.pems = append(c.pems, pem)
		c.version++
	}
}

// trustFolder trusts what OpenSSL would find in a folder: it looks for names that are the hash of a subject (c_rehash makes
// them), and for no others.
func (c *Context) trustFolder(path string) {
	files, _ := os.ReadDir(path) // it may not be there, as in OpenSSL
	for _, f := range files {
		if !hashed(f.Name()) {
			continue
		}
		if b, err := os.ReadFile(filepath.Join(path, f.Name())); err == nil {
			c.add(b)
		}
	}
}

// hashed says whether a name is eight hexadecimal digits and a number.
func hashed(name string) bool {
	hash, number, ok := strings.Cut(name, ".")
	if _, err := strconv.ParseUint(hash, 16, 32); err != nil || len(hash) != 8 || strings.ToLower(hash) != hash {
		return false
	}
	_, err := strconv.ParseUint(number, 10, 31)
	return ok && err == nil
}

// pathOf is the name of a file, which may be bytes or a path of pathlib.
func pathOf(t *thread, v value) (string, bool) {
	v = orNone(v)
	if s, ok := python.AsStr(v); ok {
		return s, true
	}
	if b, ok := python.AsBytes(v); ok {
		return b, true
	}
	if fn, err := t.HasAttr(v, "__fspath__"); fn == nil || err != nil {
		return "", false
	}
	named, err := t.CallMethod(v, "__fspath__")
	if err != nil {
		return "", false
	}
	return python.AsStr(named)
}

func (c *Context) trustData(t *thread, data value) error {
	if data == nil {
		return nil
	}
	if text, ok := python.AsStr(data); ok {
		if !x509.NewCertPool().AppendCertsFromPEM([]byte(text)) {
			return numbered(t, 0, "no start line: cadata does not contain a certificate (_ssl.c:4020)")
		}
		c.add([]byte(text))
		return nil
	}
	der, ok := python.AsBytes(data)
	if !ok {
		return python.Errorf(python.TypeError, "cadata should be an ASCII string or a bytes-like object")
	}
	cert, err := x509.ParseCertificate([]byte(der))
	if err != nil {
		return numbered(t, 0, "not enough data: cadata does not contain a certificate (_ssl.c:4020)")
	}
	c.add(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw}))
	return nil
}
