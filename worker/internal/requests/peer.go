package requests

import (
	"crypto/md5"  //nolint:gosec // a fingerprint may be one
	"crypto/sha1" //nolint:gosec // a fingerprint may be one
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"
	"net"
	"net/netip"
	"regexp"
	"strconv"
	"strings"

	"gregaria/worker/internal/python"
)

// An unlikeError is a server whose certificate is not the one that a pool means: one with a fingerprint, or else one for a name.
type unlikeError struct {
	fingerprint value
	hostname    string
	certificate *x509.Certificate
}

func (e *unlikeError) Error() string { return "meet the server: its certificate is another's" }

// meet makes TLS settings look at the server's certificate once it has been verified.
func meet(config *tls.Config, wanted *unlikeError) {
	before := config.VerifyConnection
	config.VerifyConnection = func(s tls.ConnectionState) error {
		if before != nil {
			if err := before(s); err != nil {
				return err
			}
		}
		if found := s.PeerCertificates[0]; !wanted.is(found) {
			return &unlikeError{wanted.fingerprint, wanted.hostname, found}
		}
		return nil
	}
}

// is says whether a certificate is the one. What is wrong with a fingerprint the module _requests_tls says.
func (e *unlikeError) is(found *x509.Certificate) bool {
	if e.fingerprint == nil {
		return namesHost(found, e.hostname)
	}
	text, _ := python.AsStr(e.fingerprint)
	want, err := hex.DecodeString(strings.ReplaceAll(text, ":", ""))
	if err != nil {
		return false
	}
	var digest []byte
	switch len(want) {
	case md5.Size:
		sum := md5.Sum(found.Raw) //nolint:gosec // this is what was asked for
		digest = sum[:]
	case sha1.Size:
		sum := sha1.Sum(found.Raw) //nolint:gosec // this is what was asked for
		digest = sum[:]
	case sha256.Size:
		sum := sha256.Sum256(found.Raw)
		digest = sum[:]
	}
	return digest != nil && string(digest) == string(want)
}

// A subject is one of a certificate's alternative names, of the kinds DNS and IP Address.
type subject struct{ kind, name string }

// subjects are the alternative names in the order that the certificate has them in.
func subjects(found *x509.Certificate) (all []subject) {
	for _, e := range found.Extensions {
		if !e.Id.Equal(asn1.ObjectIdentifier{2, 5, 29, 17}) {
			continue
		}
		var names []asn1.RawValue
		if _, err := asn1.Unmarshal(e.Value, &names); err != nil {
			return nil
		}
		for _, n := range names {
			switch n.Tag {
			case 2:
				all = append(all, subject{"DNS", string(n.Bytes)})
			case 7:
				all = append(all, subject{"IP Address", addressText(n.Bytes)})
			}
		}
	}
	return all
}

// addressText is an address as OpenSSL writes it: all eight groups of an IPv6 address.
func addressText(ip net.IP) string {
	if len(ip) != net.IPv6len {
		return ip.String()
	}
	var groups []string
	for i := 0; i < len(ip); i += 2 {
		groups = append(groups, strings.ToUpper(strconv.FormatUint(uint64(ip[i])<<8|uint64(ip[i+1]), 16)))
	}
	return strings.Join(groups, ":")
}

// packedAddress is the bytes of an IP address; None if a text is none.
func packedAddress(_ *thread, a []value) (value, error) {
	s, _ := python.AsStr(a[0])
	ip, err := netip.ParseAddr(s)
	if err != nil {
		return python.None, nil //nolint:nilerr // see above
	}
	return python.NewBytes(ip.AsSlice()), nil
}

// namesHost says whether a certificate is for a host, as urllib3 does (urllib3.util.ssl_match_hostname).
func namesHost(found *x509.Certificate, host string) bool {
	ip := net.ParseIP(host)
	for _, s := range subjects(found) {
		switch {
		case ip != nil:
			if s.kind == "IP Address" && ip.Equal(net.ParseIP(s.name)) {
				return true
			}
		case s.kind == "DNS":
			if first, _, _ := strings.Cut(s.name, "."); strings.Count(first, "*") > 1 {
				return false
			}
			if matchesName(s.name, host) {
				return true
			}
		}
	}
	return false
}

// matchesName says whether the name in a certificate, whose first label may have a star, is that of a host.
func matchesName(name, host string) bool {
	first, rest, _ := strings.Cut(name, ".")
	if !strings.Contains(first, "*") {
		return strings.EqualFold(name, host)
	}
	label := strings.ReplaceAll(regexp.QuoteMeta(first), `\*`, "[^.]*")
	if first == "*" {
		label = "[^.]+"
	} else if strings.HasPrefix(first, "xn--") || strings.HasPrefix(host, "xn--") {
		label = regexp.QuoteMeta(first)
	}
	if rest != "" {
		label += `\.` + regexp.QuoteMeta(rest)
	}
	matched, err := regexp.MatchString(`(?i)\A`+label+`\z`, host)
	return err == nil && matched
}

// unlike is the exception for a certificate that is not the one that was meant.
func (c *Classes) unlike(t *thread, e *unlikeError) error {
	names := python.NewList()
	for _, s := range subjects(e.certificate) {
		names.Append(python.NewTuple(python.NewStr(s.kind), python.NewStr(s.name)))
	}
	m, err := t.Import("_requests_tls")
	if err != nil {
		return err
	}
	return raised(t.Call(m.Attrs().GetStr("unlike"), python.NewBytes(e.certificate.Raw), names, or(e.fingerprint, python.None), python.NewStr(e.hostname)))
}
