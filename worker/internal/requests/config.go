package requests

import (
	"crypto/tls"
	"os"

	"gregaria/worker/internal/python"
)

// config is the TLS settings of the arguments verify and cert, or why they cannot be made: who asks hears of that only where the
// server is there. All users of an isolate share them. Whether the files are there is looked at before, for http too (cert_verify).
func (c *Classes) config(t *thread, secure bool, verify, cert value) (made *tls.Config, unready, err error) {
	authorities, insecure := "", false
	if secure && verify != python.True {
		yes, err := t.Truth(verify)
		if err != nil {
			return nil, nil, err
		}
		insecure = !yes
		if s, ok := python.AsStr(verify); ok && yes {
			authorities = s
			if !exists(s) {
				return nil, nil, python.Errorf(python.OSError, "Could not find a suitable TLS CA certificate bundle, invalid path: %s", s)
			}
		}
	}
	file, key, err := certFiles(cert)
	if err != nil || !secure {
		return nil, nil, err
	}
	id := ""
	if insecure || authorities != "" || file != "" {
		id = authorities + "\x00" + file + "\x00" + key
	}
	if insecure {
		id = "!" + id
	}
	if made, ok := c.tls[id]; ok {
		return made, nil, nil
	}
	made, err = c.secured(t, "", connectionSettings(insecure, authorities, file, key))
	if unready, err = unreadyError(err); made != nil {
		c.tls[id] = made
	}
	return made, unready, err
}

// unreadyError tells what a connection's user hears once the server has been reached from what is wrong at once.
func unreadyError(err error) (unready, other error) {
	if e, ok := err.(*python.Exception); ok && !e.IsA(python.NotImplementedError) && !e.IsA(python.TypeError) { //nolint:errorlint // never wrapped
		return e, nil
	}
	return nil, err
}

// connectionSettings are what requests says to urllib3 of the arguments verify and cert.
func connectionSettings(insecure bool, authorities, file, key string) []named {
	all := []named{{"cert_reqs", python.NewStr("CERT_REQUIRED")}, {"cert_file", textOrNone(file)}, {"key_file", textOrNone(key)}}
	if insecure {
		all[0].v = python.NewStr("CERT_NONE")
	}
	if isFolder(authorities) {
		return append(all, named{"ca_cert_dir", python.NewStr(authorities)})
	}
	return append(all, named{"ca_certs", textOrNone(authorities)})
}

// certFiles takes the argument cert apart: a file, or one and that of its key.
func certFiles(cert value) (file, key string, err error) {
	if !given(cert) {
		return "", "", nil
	}
	if pair, ok := cert.(*python.Tuple); ok {
		file, _ = python.AsStr(pair.Items()[0])
		key, _ = python.AsStr(pair.Items()[1])
	} else {
		file, _ = python.AsStr(cert)
	}
	if file != "" && !exists(file) {
		return "", "", python.Errorf(python.OSError, "Could not find the TLS certificate file, invalid path: %s", file)
	}
	if key != "" && !exists(key) {
		return "", "", python.Errorf(python.OSError, "Could not find the TLS key file, invalid path: %s", key)
	}
	return file, key, nil
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

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}
