package client

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
)

// Insecure returns TLS settings that accept any certificate (requests' verify=False). Users share one.
func Insecure() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: true} //nolint:gosec // this is what was asked for
}

// Certificates returns TLS settings that trust the certificates in the PEM file authorities instead of the system's,
// and show the certificate in the PEM files cert and key to a server that asks (requests' verify=path and cert=pair).
// "" leaves either out. Users share one: make it once, not for every user.
func Certificates(authorities, cert, key string) (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if authorities != "" {
		pem, err := os.ReadFile(authorities)
		if err != nil {
			return nil, fmt.Errorf("read the trusted certificates: %w", err)
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("read the trusted certificates: %s holds none in PEM form", authorities)
		}
	}
	if cert == "" && key == "" {
		return config, nil
	}
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		return nil, fmt.Errorf("read the client's certificate and key: %w", err)
	}
	config.Certificates = []tls.Certificate{pair}
	return config, nil
}
