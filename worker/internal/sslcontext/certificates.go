package sslcontext

import (
	"bytes"
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"syscall"

	"gregaria/worker/internal/python"
)

// sslError is an ssl.SSLError. The source lines in the texts are those of Python 3.11.
func sslError(t *thread, args ...value) error {
	m, err := t.Import("http_errors")
	if err != nil {
		return err
	}
	e, err := t.Call(m.Attrs().GetStr("SSLError"), args...)
	if err != nil {
		return err
	}
	return e.(*python.Exception)
}

func numbered(t *thread, number int64, text string) error {
	return sslError(t, python.NewInt(number), python.NewStr(text))
}

// read reads a file; what goes wrong has no file name, as in OpenSSL.
func read(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if errno, ok := errors.AsType[syscall.Errno](err); ok {
		return nil, python.OSException(errno, "")
	}
	if err != nil {
		return nil, python.Errorf(python.OSError, "%s", err)
	}
	return b, nil
}

// show is load_cert_chain: the certificate that is shown to servers, and its key, in the same file if keyFile is nil.
func (c *Context) show(t *thread, certFile, keyFile, password value) error {
	path, err := pathOf(t, orNone(certFile), "certfile")
	if err != nil {
		return err
	}
	keyPath, err := pathOf(t, keyFile, "keyfile")
	if err != nil {
		return err
	}
	if _, ok := asText(orNone(password)); !ok && orNone(password) != python.None && !python.Callable(password) {
		return python.Errorf(python.TypeError, "password should be a string or callable")
	}
	cert, err := read(path)
	if err != nil {
		return err
	}
	chain, key := blocks(cert), cert
	if len(chain) == 0 {
		return numbered(t, 524297, "[SSL] PEM lib (_ssl.c:3905)")
	}
	if keyFile != nil {
		if key, err = read(keyPath); err != nil {
			return err
		}
	}
	private, err := parseKey(t, privateKey(key), password)
	if err != nil {
		return err
	}
	if !belongs(chain[0], private) {
		return numbered(t, 116, "[X509: KEY_VALUES_MISMATCH] key values mismatch (_ssl.c:3926)")
	}
	c.certificates = []tls.Certificate{{Certificate: chain, PrivateKey: private}}
	return nil
}

// blocks are the certificates in a PEM file.
func blocks(b []byte) (all [][]byte) {
	for {
		var block *pem.Block
		if block, b = pem.Decode(b); block == nil {
			return all
		}
		if block.Type == "CERTIFICATE" {
			all = append(all, block.Bytes)
		}
	}
}

// privateKey is the first key in a PEM file; nil if there is none.
func privateKey(b []byte) *pem.Block {
	for {
		var block *pem.Block
		if block, b = pem.Decode(b); block == nil || bytes.HasSuffix([]byte(block.Type), []byte("PRIVATE KEY")) {
			return block
		}
	}
}

// parseKey reads a private key, with a password if it is encrypted.
func parseKey(t *thread, block *pem.Block, password value) (crypto.PrivateKey, error) {
	bad := func() error { return numbered(t, 524297, "[SSL] PEM lib (_ssl.c:3926)") }
	if block == nil {
		return nil, bad()
	}
	der := block.Bytes
	if x509.IsEncryptedPEMBlock(block) || block.Type == encrypted { //nolint:staticcheck // there are such files
		secret, err := passwordOf(t, password)
		if err != nil {
			return nil, err
		}
		if der, err = decrypt(block, secret); err != nil {
			if strange, ok := errors.AsType[*strangeError](err); ok {
				return nil, python.Errorf(python.NotImplementedError, "ssl.SSLContext.load_cert_chain: the worker does not know %s that the key is encrypted with; "+
					"write it anew: openssl pkcs8 -topk8 -in KEY -out NEW", strange.what)
			}
			return nil, bad()
		}
	}
	if key, err := x509.ParsePKCS8PrivateKey(der); err == nil {
		return key, nil
	}
	if key, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return key, nil
	}
	if key, err := x509.ParseECPrivateKey(der); err == nil {
		return key, nil
	}
	return nil, bad()
}

// encrypted is the type of a PEM block with a key that is encrypted in the form PKCS#8.
const encrypted = "ENCRYPTED PRIVATE KEY"

func decrypt(block *pem.Block, secret []byte) ([]byte, error) {
	if block.Type == encrypted {
		return decryptKey(block.Bytes, secret)
	}
	return x509.DecryptPEMBlock(block, secret) //nolint:staticcheck // there are such files
}

// mostPassword is how long a password may be, as in CPython.
const mostPassword = 1024

// passwordOf is the password of a key: text, bytes, or a function that returns either. Without one OpenSSL would ask whoever sits at
// the terminal, of whom there is none.
func passwordOf(t *thread, v value) ([]byte, error) {
	if v = orNone(v); v == python.None {
		return nil, python.OSException(syscall.EINVAL, "")
	}
	text, ok := asText(v)
	if !ok {
		made, err := t.Call(v)
		if err != nil {
			return nil, err
		}
		if text, ok = asText(made); !ok {
			return nil, python.Errorf(python.TypeError, "password callback must return a string")
		}
	}
	if len(text) > mostPassword {
		return nil, python.Errorf(python.ValueError, "password cannot be longer than %d bytes", mostPassword)
	}
	return []byte(text), nil
}

// asText is what a str or bytes holds.
func asText(v value) (string, bool) {
	if s, ok := python.AsStr(v); ok {
		return s, true
	}
	return python.AsBytes(v)
}

// belongs says whether a key is that of a certificate.
func belongs(der []byte, key crypto.PrivateKey) bool {
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return false
	}
	private, ok := key.(crypto.Signer)
	if !ok {
		return false
	}
	public, ok := private.Public().(interface {
		Equal(other crypto.PublicKey) bool
	})
	return ok && public.Equal(cert.PublicKey)
}

func orNone(v value) value {
	if v == nil {
		return python.None
	}
	return v
}
