package sslcontext

import (
	"crypto/tls"
	"strings"

	"gregaria/worker/internal/python"
)

// A suite is one that Go has, by OpenSSL's name for it.
type suite struct {
	name string
	id   uint16
}

// suites are those of TLS 1.2 and older; those of TLS 1.3 cannot be chosen, as in OpenSSL's set_ciphers.
func suites() []suite {
	return []suite{
		{"ECDHE-ECDSA-AES256-GCM-SHA384", tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384},
		{"ECDHE-RSA-AES256-GCM-SHA384", tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384},
		{"ECDHE-ECDSA-CHACHA20-POLY1305", tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256},
		{"ECDHE-RSA-CHACHA20-POLY1305", tls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256},
		{"ECDHE-ECDSA-AES128-GCM-SHA256", tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256},
		{"ECDHE-RSA-AES128-GCM-SHA256", tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256},
		{"ECDHE-ECDSA-AES128-SHA256", tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256},
		{"ECDHE-RSA-AES128-SHA256", tls.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256},
		{"ECDHE-ECDSA-AES256-SHA", tls.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA},
		{"ECDHE-RSA-AES256-SHA", tls.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA},
		{"ECDHE-ECDSA-AES128-SHA", tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA},
		{"ECDHE-RSA-AES128-SHA", tls.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA},
		{"AES256-GCM-SHA384", tls.TLS_RSA_WITH_AES_256_GCM_SHA384},
		{"AES128-GCM-SHA256", tls.TLS_RSA_WITH_AES_128_GCM_SHA256},
		{"AES128-SHA256", tls.TLS_RSA_WITH_AES_128_CBC_SHA256},
		{"AES256-SHA", tls.TLS_RSA_WITH_AES_256_CBC_SHA},
		{"AES128-SHA", tls.TLS_RSA_WITH_AES_128_CBC_SHA},
	}
}

// choose is set_ciphers: names of suites, and the words for groups of them.
func (c *Context) choose(t *thread, text string) error {
	var chosen []uint16
	lacking := ""
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ':' || r == ',' || r == ' ' }) {
		word, _, _ = strings.Cut(word, "@") // a security level: Go has but one
		switch {
		case word == "" || word[0] == '+':
		case word[0] == '!' || word[0] == '-':
			chosen = without(chosen, word[1:])
		default:
			more := named(word)
			if len(more) == 0 && strings.ContainsRune(word, '-') {
				lacking = word
			}
			for _, id := range more {
				chosen = append(without1(chosen, id), id)
			}
		}
	}
	if len(chosen) > 0 {
		c.ciphers = chosen
		return nil
	}
	if lacking != "" {
		return python.Errorf(python.NotImplementedError, "ssl.SSLContext.set_ciphers: the worker has no cipher suite %s", lacking)
	}
	return sslError(t, python.NewStr("No cipher can be selected."))
}

// named are the suites that a word stands for.
func named(word string) (ids []uint16) {
	for _, s := range suites() {
		if s.name == word || inGroup(s.name, word) {
			ids = append(ids, s.id)
		}
	}
	return ids
}

// inGroup says whether a suite is in one of OpenSSL's groups, or in all that are joined by +.
func inGroup(name, group string) bool {
	for _, word := range strings.Split(group, "+") {
		in := false
		switch word {
		case "DEFAULT", "ALL", "COMPLEMENTOFDEFAULT", "HIGH", "TLSv1.2", "AES":
			in = word != "AES" || strings.Contains(name, "AES")
		case "ECDHE", "EECDH", "kEECDH", "kECDHE", "ECDH":
			in = strings.HasPrefix(name, "ECDHE-")
		case "aRSA":
			in = !strings.Contains(name, "ECDSA")
		case "RSA", "kRSA":
			in = !strings.HasPrefix(name, "ECDHE-")
		case "aECDSA", "ECDSA":
			in = strings.Contains(name, "ECDSA")
		case "AESGCM":
			in = strings.Contains(name, "GCM")
		case "CHACHA20":
			in = strings.Contains(name, "CHACHA20")
		case "AES128", "AES256":
			in = strings.Contains(name, word)
		case "SHA1", "SHA":
			in = strings.HasSuffix(name, "-SHA")
		case "SHA256", "SHA384":
			in = strings.HasSuffix(name, word)
		}
		if !in {
			return false
		}
	}
	return true
}

func without(ids []uint16, word string) []uint16 {
	for _, id := range named(word) {
		ids = without1(ids, id)
	}
	return ids
}

func without1(ids []uint16, id uint16) []uint16 {
	var kept []uint16
	for _, other := range ids {
		if other != id {
			kept = append(kept, other)
		}
	}
	return kept
}
