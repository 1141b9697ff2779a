package requests

import (
	"crypto/tls"
	"crypto/x509"
	"os"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/sslcontext"
)

// config is the TLS settings of the pool.
func (x *exchange) config(t *thread) (*tls.Config, error) {
	if x.scheme != "https" {
		return nil, nil //nolint:nilnil // none are needed
	}
	var reqs, bundle, dir, cert, key, context, hostname, fingerprint value
	err := attributes(t, x.pool, map[string]*value{
		"cert_reqs": &reqs, "ca_certs": &bundle, "ca_cert_dir": &dir, "cert_file": &cert, "key_file": &key,
		"ssl_context": &context, "assert_hostname": &hostname, "assert_fingerprint": &fingerprint,
	})
	if err != nil {
		return nil, err
	}
	if given(fingerprint) {
		return nil, python.Errorf(python.NotImplementedError, "assert_fingerprint is not supported: trust the certificate with verify=FILE")
	}
	verify := python.True
	switch s, _ := python.AsStr(reqs); {
	case s == "CERT_NONE":
		verify = python.False
	case given(bundle):
		verify = bundle
	case given(dir):
		verify = dir
	}
	if given(cert) && given(key) {
		cert = python.NewTuple(cert, key)
	}
	c := x.classes
	if given(context) {
		return c.contextConfig(t, context, x.host, verify, hostname == python.False)
	}
	return c.config(t, true, verify, cert)
}

// A trusting is what TLS settings were made of: those of an SSLContext in a version of it.
type trusting struct {
	context  *sslcontext.Context
	version  int
	host     string
	verify   string
	anyNames bool
}

// contextConfig is the settings of an SSLContext as urllib3 uses it: verify says whether certificates are looked at, whatever the
// context says, and may add a file of those that are trusted.
func (c *Classes) contextConfig(t *thread, v value, host string, verify value, anyNames bool) (*tls.Config, error) {
	ctx := sslcontext.Of(v)
	if ctx == nil {
		return nil, python.Errorf(python.TypeError, "'%s' object is no SSLContext", python.TypeOf(v).Name())
	}
	text, err := t.Str(verify)
	if err != nil {
		return nil, err
	}
	id := trusting{ctx, ctx.Version(), host, text, anyNames}
	if made, ok := c.contexts[id]; ok {
		return made, nil
	}
	if checks, err := t.GetAttr(v, "check_hostname"); err != nil {
		return nil, err
	} else if verify == python.False && checks == python.True {
		return nil, python.Errorf(python.ValueError, "Cannot set verify_mode to CERT_NONE when check_hostname is enabled.")
	}
	config, err := ctx.Config(t, host)
	if err != nil {
		return nil, err
	}
	config.InsecureSkipVerify = verify == python.False //nolint:gosec // this is what was asked for
	if config.VerifyConnection == nil || !anyNames || verify == python.False {
		config.VerifyConnection = nil
	} else {
		config.InsecureSkipVerify = true //nolint:gosec // all but the name is verified by VerifyConnection
	}
	if file, ok := python.AsStr(verify); ok {
		if err := trust(config, file); err != nil {
			return nil, err
		}
	}
	c.contexts[id] = config
	return config, nil
}

// trust adds the certificates of a file to those that are trusted.
func trust(config *tls.Config, file string) error {
	pem, err := os.ReadFile(file) //nolint:gosec // the locustfile names it
	if err != nil {
		return python.Errorf(python.OSError, "Could not find a suitable TLS CA certificate bundle, invalid path: %s", file)
	}
	if config.RootCAs == nil {
		config.RootCAs = x509.NewCertPool()
	}
	config.RootCAs.AppendCertsFromPEM(pem)
	return nil
}
