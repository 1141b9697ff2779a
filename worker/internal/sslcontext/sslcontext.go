// Package sslcontext is Python's ssl.SSLContext, as far as a client's settings go: what a locustfile says of certificates,
// ciphers and versions becomes the settings of the worker's own TLS.
package sslcontext

import (
	"crypto/tls"
	"crypto/x509"
	"os"

	"gregaria/worker/internal/python"
)

type (
	value  = python.Value
	thread = python.Thread
)

// The values of ssl.CERT_... and of the options and flags that matter.
const (
	certNone, certRequired = 0, 2
	protocolClient         = 16
	optionNoTLS12          = 0x08000000
	optionNoTLS13          = 0x20000000
	optionNoTicket         = 0x4000
	optionsAtFirst         = 2186412112
	flagsAtFirst           = 0x8000
	flagsObeyed            = 0x8000 | 0x80000
	versionLowest          = -2
	versionHighest         = -1
)

// A Context is the state of an SSLContext.
type Context struct {
	protocol      int64
	checkHostname bool
	verify        int64
	options       int64
	flags         int64
	lowest        int64
	highest       int64
	pems          [][]byte // the certificates that are trusted
	system        bool     // the system's are trusted, too
	certificates  []tls.Certificate
	ciphers       []uint16
	protocols     []string
	version       int
}

func newContext(protocol int64) *Context {
	c := &Context{protocol: protocol, options: optionsAtFirst, flags: flagsAtFirst, lowest: tls.VersionTLS12, highest: versionHighest}
	if protocol == protocolClient {
		c.checkHostname, c.verify = true, certRequired
	}
	return c
}

// Of returns the state of an object; nil if it is no SSLContext.
func Of(v python.Value) *Context {
	if i, ok := v.(*python.Instance); ok {
		c, _ := i.Data.(*Context)
		return c
	}
	return nil
}

// Version changes whenever a setting does.
func (c *Context) Version() int { return c.version }

// Keep makes the present settings those of an earlier version: what has changed since counts where it is looked at anew.
func (c *Context) Keep(version int) { c.version = version }

// Config is the settings for a connection to a server of a name.
func (c *Context) Config(t *python.Thread, name string) (*tls.Config, error) {
	config := &tls.Config{ServerName: name, Certificates: c.certificates, NextProtos: c.protocols, CipherSuites: c.ciphers}
	config.MinVersion, config.MaxVersion = c.versions()
	if config.MaxVersion != 0 && config.MinVersion > config.MaxVersion {
		return nil, numbered(t, 1, "[SSL: NO_PROTOCOLS_AVAILABLE] no protocols available (_ssl.c:1006)")
	}
	config.SessionTicketsDisabled = c.options&optionNoTicket != 0
	roots, err := c.trusted()
	if err != nil {
		return nil, err
	}
	config.RootCAs = roots
	if c.verify == certNone {
		config.InsecureSkipVerify = true //nolint:gosec // this is what was asked for
	} else if !c.checkHostname {
		config.InsecureSkipVerify = true //nolint:gosec // all but the name is verified below
		config.VerifyConnection = func(s tls.ConnectionState) error { return verifyChain(s, roots) }
	}
	return config, nil
}

// versions are the lowest and the highest version of TLS; 0 is as high as can be.
func (c *Context) versions() (lowest, highest uint16) {
	lowest = tls.VersionTLS10
	if c.lowest > 0 {
		lowest = max(lowest, uint16(c.lowest))
	}
	if c.highest > 0 {
		highest = uint16(c.highest)
	}
	if c.options&optionNoTLS13 != 0 {
		highest = tls.VersionTLS12
	}
	if c.options&optionNoTLS12 != 0 && lowest <= tls.VersionTLS12 {
		lowest = tls.VersionTLS13
	}
	return lowest, highest
}

// trusted are the certificates that are trusted; nil are the system's.
func (c *Context) trusted() (*x509.CertPool, error) {
	if c.system && len(c.pems) == 0 {
		return nil, nil //nolint:nilnil // see above
	}
	all := x509.NewCertPool()
	if c.system {
		var err error
		if all, err = x509.SystemCertPool(); err != nil {
			return nil, python.Errorf(python.OSError, "read the system's certificates: %s", err)
		}
	}
	for _, pem := range c.pems {
		all.AppendCertsFromPEM(pem)
	}
	return all, nil
}

// verifyChain verifies a server's certificate, but not that it is for a certain name.
func verifyChain(s tls.ConnectionState, roots *x509.CertPool) error {
	between := x509.NewCertPool()
	for _, cert := range s.PeerCertificates[1:] {
		between.AddCert(cert)
	}
	_, err := s.PeerCertificates[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: between})
	if err != nil {
		return &tls.CertificateVerificationError{UnverifiedCertificates: s.PeerCertificates, Err: err}
	}
	return nil
}

// bundles are where systems keep the certificates that they trust.
var bundles = []string{
	"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/pki/tls/cacert.pem",
	"/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/cert.pem",
}

// bundle is the file of the certificates that the system trusts; "" if there is none.
func bundle() string {
	if file := os.Getenv("SSL_CERT_FILE"); file != "" {
		return file
	}
	for _, file := range bundles {
		if _, err := os.Stat(file); err == nil {
			return file
		}
	}
	return ""
}
