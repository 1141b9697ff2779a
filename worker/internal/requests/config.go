package requests

import (
	"crypto/tls"
	"crypto/x509"
	"os"
	"path/filepath"

	"gregaria/worker/client"
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
	bundle := authorities
	if isFolder(authorities) {
		bundle = ""
	}
	made, err := client.Certificates(bundle, file, key)
	if err != nil {
		return nil, python.Errorf(python.OSError, "%s", err)
	}
	if bundle != authorities {
		made.RootCAs = folder(authorities)
	}
	made.InsecureSkipVerify = insecure
	c.tls[id] = made
	return made, nil
}

func certFiles(t *thread, cert value) (file, key string, err error) {
	if yes, err := truthy(t, cert); err != nil || !yes {
		return "", "", err
	}
	if s, ok := python.AsStr(cert); ok {
		file, key = s, s
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
	if !exists(key) {
		return "", "", python.Errorf(python.OSError, "Could not find the TLS key file, invalid path: %s", key)
	}
	return file, key, nil
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// folder are the certificates in the files of a folder, as verify may name one.
func folder(name string) *x509.CertPool {
	all := x509.NewCertPool()
	files, _ := os.ReadDir(name) // it is there; what cannot be read is trusted by nobody
	for _, f := range files {
		if pem, err := os.ReadFile(filepath.Join(name, f.Name())); err == nil { //nolint:gosec // the locustfile names it
			all.AppendCertsFromPEM(pem)
		}
	}
	return all
}
