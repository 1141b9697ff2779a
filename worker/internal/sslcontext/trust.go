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
	path, err := pathOf(t, file, "cafile")
	if err != nil {
		return err
	}
	dir, err := pathOf(t, folder, "capath")
	if err != nil {
		return err
	}
	if err := c.trustData(t, data); err != nil {
		return err
	}
	if file != nil {
		if err := c.trustFile(t, path); err != nil {
			return err
		}
	}
	if folder != nil {
		return c.trustFolder(t, dir)
	}
	return nil
}

// add adds certificates to those that are trusted, unless they are among them.
func (c *Context) add(pem []byte) {
	if !slices.ContainsFunc(c.pems, func(b []byte) bool { return bytes.Equal(b, pem) }) {
		c.pems = append(c.pems, pem)
	}
}

func (c *Context) trustFile(t *thread, path string) error {
	b, err := read(path)
	if err != nil {
		return err
	}
	if !x509.NewCertPool().AppendCertsFromPEM(b) {
		return numbered(t, 136, "[X509: NO_CERTIFICATE_OR_CRL_FOUND] no certificate or crl found (_ssl.c:4154)")
	}
	c.add(b)
	return nil
}

// trustFolder trusts what OpenSSL would find in a folder: it looks for names that are the hash of a subject (c_rehash makes
// them), and for no others.
func (c *Context) trustFolder(t *thread, path string) error {
	if path == "" {
		return numbered(t, 113, "[X509: INVALID_DIRECTORY] invalid directory (_ssl.c:4154)")
	}
	files, _ := os.ReadDir(path) // it may not be there, as in OpenSSL
	for _, f := range files {
		if !hashed(f.Name()) {
			continue
		}
		if b, err := os.ReadFile(filepath.Join(path, f.Name())); err == nil {
			c.add(b)
		}
	}
	return nil
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

// pathOf is the name of a file, an argument that is called so: text, bytes or what has a __fspath__. It is "" of nil.
func pathOf(t *thread, v value, argument string) (string, error) {
	if v == nil {
		return "", nil
	}
	path, err := t.FSPath(v)
	if e, ok := err.(*python.Exception); ok && e.IsA(python.TypeError) { //nolint:errorlint // exceptions are never wrapped
		return "", python.Errorf(python.TypeError, "%s should be a valid filesystem path", argument)
	}
	return path, err
}

func (c *Context) trustData(t *thread, data value) error {
	if data == nil {
		return nil
	}
	text, isText := python.AsStr(data)
	der, isBytes := python.AsBytes(data)
	switch {
	case !isText && !isBytes:
		return python.Errorf(python.TypeError, "cadata should be an ASCII string or a bytes-like object")
	case text == "" && der == "":
		return python.Errorf(python.ValueError, "Empty certificate data")
	case isText:
		if !x509.NewCertPool().AppendCertsFromPEM([]byte(text)) {
			return numbered(t, 0, "no start line: cadata does not contain a certificate (_ssl.c:4020)")
		}
		c.add([]byte(text))
		return nil
	}
	cert, err := x509.ParseCertificate([]byte(der))
	if err != nil {
		return numbered(t, 0, "not enough data: cadata does not contain a certificate (_ssl.c:4020)")
	}
	c.add(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw}))
	return nil
}
