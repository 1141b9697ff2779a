package requests

import (
	"crypto/tls"
	"os"

	"gregaria/worker/internal/python"
)

// config is the TLS settings of the arguments verify and cert: nil are those of nobody. All users of an isolate share them.
func (c *Classes) config(t *thread, secure bool, verify, cert value) (*tls.Config, error) {
	if !secure || !given(verify) && !given(cert) {
		return nil, nil //nolint:nilnil // see above
	}
	authorities, insecure := "", false
	if given(verify) {
		yes, err := t.Truth(verify)
		if err != nil {
			return nil, err
		}
		insecure = !yes
		if s, ok := python.AsStr(verify); ok && yes {
			authorities = s
			if !exists(s) {
				return nil, python.Errorf(python.OSError, "Could not find a suitable TLS CA certificate bundle, invalid path: %s", s)
			}
		}
	}
	file, key, err := certFiles(t, cert)
	if err != nil || !insecure && authorities == "" && file == "" {
		return nil, err
	}
	id := authorities + "\x00" + file + "\x00" + key
	if insecure {
		id = "!" + id
	}
	if made, ok := c.tls[id]; ok {
		return made, nil
	}
	made, err := c.secured(t, "", connectionSettings(insecure, authorities, file, key))
	if err != nil {
		return nil, &unreadyError{err}
	}
	c.tls[id] = made
	return made, nil
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

// An unreadyError is the exception of TLS settings that cannot be made, as urllib3 has it when it begins a connection.
type unreadyError struct{ exception error }

func (e *unreadyError) Error() string { return "make the TLS settings: " + e.exception.Error() }

// unready is the exception that requests raises for it.
func (c *Classes) unready(t *thread, e *unreadyError, p *Prepared) error {
	raised, ok := e.exception.(*python.Exception) //nolint:errorlint // exceptions are never wrapped
	if !ok {
		return e.exception
	}
	host, port := p.to.hostPort()
	return c.fail(t, "unready", c.object(p), python.NewStr(host), python.NewInt(port), python.NewStr(p.to.path), raised)
}

func certFiles(t *thread, cert value) (file, key string, err error) {
	if yes, err := truthy(t, cert); err != nil || !yes {
		return "", "", err
	}
	if s, ok := python.AsStr(cert); ok {
		file = s
	} else {
		pair, err := t.ToSlice(cert)
		if err != nil {
			return "", "", err
		}
		if len(pair) != 2 {
			return "", "", unpackError(len(pair))
		}
		file, _ = python.AsStr(pair[0])
		key, _ = python.AsStr(pair[1])
	}
	if !exists(file) {
		return "", "", python.Errorf(python.OSError, "Could not find the TLS certificate file, invalid path: %s", file)
	}
	if key != "" && !exists(key) {
		return "", "", python.Errorf(python.OSError, "Could not find the TLS key file, invalid path: %s", key)
	}
	return file, key, nil
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}
