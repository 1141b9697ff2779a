package requests

import (
	"crypto/tls"
	"os"

	"gregaria/worker/internal/python"
)

// A said is what the arguments verify and cert say.
type said struct {
	insecure, folder bool
	authorities      string // a file, or a folder; "" are those of everybody
	file, key        string // of the certificate; the key may be in the same file
}

// config is the TLS settings of the arguments verify and cert, or why they cannot be made: who asks hears of that only where the
// server is there. All users of an isolate share them. Whether the files are there is looked at before, for http too (cert_verify).
func (c *Classes) config(t *thread, secure bool, verify, cert value) (made *tls.Config, unready, err error) {
	var all said
	if secure {
		if err := all.trust(verify); err != nil {
			return nil, nil, err
		}
	}
	if err := all.show(cert); err != nil || !secure {
		return nil, nil, err
	}
	if made := c.tls[all]; made != nil {
		return made, nil, nil
	}
	made, err = c.secured(t, "", all.settings())
	if unready, err = unreadyError(err); made != nil {
		c.tls[all] = made
	}
	return made, unready, err
}

// trust takes the argument verify: a truth, a file or a folder.
func (s *said) trust(verify value) error {
	name, ok := python.AsStr(verify)
	s.insecure = !given(verify) || verify == python.False || ok && name == ""
	if !ok || s.insecure {
		return nil
	}
	info, err := os.Stat(name)
	if err != nil {
		return python.Errorf(python.OSError, "Could not find a suitable TLS CA certificate bundle, invalid path: %s", name)
	}
	s.authorities, s.folder = name, info.IsDir()
	return nil
}

// show takes the argument cert: a file, or one and that of its key.
func (s *said) show(cert value) error {
	if pair, ok := cert.(*python.Tuple); ok {
		s.file, _ = python.AsStr(pair.Items()[0])
		s.key, _ = python.AsStr(pair.Items()[1])
	} else if given(cert) {
		s.file, _ = python.AsStr(cert)
	}
	if s.file != "" && !exists(s.file) {
		return python.Errorf(python.OSError, "Could not find the TLS certificate file, invalid path: %s", s.file)
	}
	if s.key != "" && !exists(s.key) {
		return python.Errorf(python.OSError, "Could not find the TLS key file, invalid path: %s", s.key)
	}
	return nil
}

// settings are what requests says of it to urllib3.
func (s *said) settings() []named {
	reqs, authorities := "CERT_REQUIRED", "ca_certs"
	if s.insecure {
		reqs = "CERT_NONE"
	}
	if s.folder {
		authorities = "ca_cert_dir"
	}
	return []named{
		{"cert_reqs", python.NewStr(reqs)},
		{authorities, textOrNone(s.authorities)},
		{"cert_file", textOrNone(s.file)},
		{"key_file", textOrNone(s.key)},
	}
}

// unreadyError tells what a connection's user hears once the server has been reached from what is wrong at once.
func unreadyError(err error) (unready, other error) {
	if e, ok := err.(*python.Exception); ok && e.IsA(python.ExceptionType) && !e.IsA(python.NotImplementedError) { //nolint:errorlint // never wrapped
		return e, nil
	}
	return nil, err
}

// plainTLS says whether the short way knows what verify and cert mean.
func plainTLS(verify, cert value) bool {
	switch verify.(type) {
	case nil, python.Bool, *python.Str:
	default:
		if verify != python.None {
			return false
		}
	}
	switch v := cert.(type) {
	case nil, *python.Str:
	case *python.Tuple:
		if len(v.Items()) != 2 {
			return false
		}
		for _, name := range v.Items() {
			if _, ok := name.(*python.Str); !ok {
				return false
			}
		}
	default:
		return cert == python.None
	}
	return true
}
