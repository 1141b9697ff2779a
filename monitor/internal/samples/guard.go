package samples

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// minToken is the least length of a token: as many letters as nobody guesses over a network.
const minToken = 16

// CheckToken says what is wrong with a token, never what it is.
func CheckToken(token string) error {
	switch {
	case token == "":
		return errors.New("the token is empty")
	case len(token) < minToken:
		return fmt.Errorf("the token has fewer than %d characters; make one with: openssl rand -hex 16", minToken)
	case strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r >= 0x7f }):
		return errors.New("a token may have ASCII letters, digits and signs, and no space")
	}
	return nil
}

// Guard lets those requests through to next that bring the token: Authorization: Bearer TOKEN (RFC 6750). How long the comparison
// takes tells nothing of the token, not even its length.
func Guard(token string, next http.Handler) http.Handler {
	want := sha256.Sum256([]byte(token))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		scheme, given, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		got := sha256.Sum256([]byte(strings.TrimSpace(given)))
		if same := subtle.ConstantTimeCompare(got[:], want[:]); same != 1 || !strings.EqualFold(scheme, "Bearer") {
			w.Header().Set("WWW-Authenticate", `Bearer realm="monitor"`)
			http.Error(w, "the token is missing or wrong; send Authorization: Bearer TOKEN, with the token that the monitor was started with", http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Refuse answers in place of a Handler where there is no token and other machines can ask.
func Refuse() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "not served beyond loopback without a token; start the monitor with GREGARIA_MONITOR_TOKEN", http.StatusForbidden)
	})
}
