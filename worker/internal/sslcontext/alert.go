package sslcontext

import (
	"crypto/tls"
	"fmt"
	"strings"
)

// alerted is a failure that the other side told of. Over TCP crypto/tls has no type for an alert, only the words that AlertError
// has too.
func alerted(err error) *Failure {
	for code := range 256 {
		if tls.AlertError(code).Error() == err.Error() {
			text := alertText(uint8(code))
			return plain(strings.ToUpper(strings.ReplaceAll(text, " ", "_")), text)
		}
	}
	return plain("SSLV3_ALERT_HANDSHAKE_FAILURE", "sslv3 alert handshake failure")
}

// alertText has OpenSSL's words for an alert.
func alertText(code uint8) string {
	switch code { // those that SSL 3 had
	case 10:
		return "sslv3 alert unexpected message"
	case 20:
		return "sslv3 alert bad record mac"
	case 30:
		return "sslv3 alert decompression failure"
	case 40:
		return "sslv3 alert handshake failure"
	case 41:
		return "sslv3 alert no certificate"
	case 42:
		return "sslv3 alert bad certificate"
	case 43:
		return "sslv3 alert unsupported certificate"
	case 44:
		return "sslv3 alert certificate revoked"
	case 45:
		return "sslv3 alert certificate expired"
	case 46:
		return "sslv3 alert certificate unknown"
	case 47:
		return "sslv3 alert illegal parameter"
	}
	if text, ok := newerAlerts()[code]; ok {
		return text
	}
	return fmt.Sprintf("reason(%d)", 1000+int(code))
}

func newerAlerts() map[uint8]string {
	return map[uint8]string{
		21: "tlsv1 alert decryption failed", 22: "tlsv1 alert record overflow", 48: "tlsv1 alert unknown ca", 49: "tlsv1 alert access denied",
		50: "tlsv1 alert decode error", 51: "tlsv1 alert decrypt error", 70: "tlsv1 alert protocol version",
		71: "tlsv1 alert insufficient security", 80: "tlsv1 alert internal error", 90: "tlsv1 alert user cancelled",
		112: "tlsv1 unrecognized name", 116: "tlsv13 alert certificate required", 120: "tlsv1 alert no application protocol",
	}
}
