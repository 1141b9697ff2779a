package sslcontext

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des" //nolint:gosec // there are such files
	"crypto/pbkdf2"
	"crypto/sha1" //nolint:gosec // there are such files
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"hash"
)

// errWrongPassword is a key that cannot be decrypted, most likely by another password.
var errWrongPassword = errors.New("decrypt a private key: the password is wrong, or the key is broken")

// A strangeError is a way to encrypt keys that is not known here.
type strangeError struct{ what string }

func (e *strangeError) Error() string { return "decrypt a private key: " + e.what + " is not known" }

// An encryptedKey is a private key as PKCS#8 encrypts it (RFC 5958).
type encryptedKey struct {
	Algorithm pkix.AlgorithmIdentifier
	Data      []byte
}

// scheme is how PBES2 (RFC 8018) makes a key of a password and what it encrypts with.
type scheme struct{ Derivation, Cipher pkix.AlgorithmIdentifier }

// derivation are the parameters of PBKDF2.
type derivation struct {
	Salt       []byte
	Iterations int
	Length     int                      `asn1:"optional"`
	Function   pkix.AlgorithmIdentifier `asn1:"optional"`
}

// decryptKey decrypts a private key in the form PKCS#8 and returns it as DER.
func decryptKey(der, password []byte) ([]byte, error) {
	var key encryptedKey
	if _, err := asn1.Unmarshal(der, &key); err != nil {
		return nil, errWrongPassword
	}
	if id := key.Algorithm.Algorithm.String(); id != "1.2.840.113549.1.5.13" {
		return nil, &strangeError{"the scheme " + id}
	}
	var s scheme
	if _, err := asn1.Unmarshal(key.Algorithm.Parameters.FullBytes, &s); err != nil {
		return nil, errWrongPassword
	}
	newCipher, size, err := blockCipher(s.Cipher)
	if err != nil {
		return nil, err
	}
	secret, err := s.derive(password, size)
	if err != nil {
		return nil, err
	}
	var start []byte
	if _, err := asn1.Unmarshal(s.Cipher.Parameters.FullBytes, &start); err != nil {
		return nil, errWrongPassword
	}
	block, err := newCipher(secret)
	if err != nil {
		return nil, fmt.Errorf("decrypt a private key: %w", err)
	}
	return decryptBlocks(block, start, key.Data)
}

// derive makes the key of a password.
func (s *scheme) derive(password []byte, size int) ([]byte, error) {
	if id := s.Derivation.Algorithm.String(); id != "1.2.840.113549.1.5.12" {
		return nil, &strangeError{"the derivation " + id}
	}
	var d derivation
	if _, err := asn1.Unmarshal(s.Derivation.Parameters.FullBytes, &d); err != nil || d.Iterations < 1 {
		return nil, errWrongPassword
	}
	digest, err := digestOf(d.Function)
	if err != nil {
		return nil, err
	}
	return pbkdf2.Key(digest, string(password), d.Salt, d.Iterations, size)
}

// digestOf is the hash of the function that a key is made with: that of HMAC with SHA-1 where none is named.
func digestOf(a pkix.AlgorithmIdentifier) (func() hash.Hash, error) {
	switch id := a.Algorithm.String(); id {
	case "", "1.2.840.113549.2.7":
		return sha1.New, nil
	case "1.2.840.113549.2.8":
		return sha256.New224, nil
	case "1.2.840.113549.2.9":
		return sha256.New, nil
	case "1.2.840.113549.2.10":
		return sha512.New384, nil
	case "1.2.840.113549.2.11":
		return sha512.New, nil
	default:
		return nil, &strangeError{"the function " + id}
	}
}

// blockCipher is the cipher of an identifier and the size of its key. All are used in CBC.
func blockCipher(a pkix.AlgorithmIdentifier) (newCipher func(key []byte) (cipher.Block, error), size int, err error) {
	switch id := a.Algorithm.String(); id {
	case "2.16.840.1.101.3.4.1.2":
		return aes.NewCipher, 16, nil
	case "2.16.840.1.101.3.4.1.22":
		return aes.NewCipher, 24, nil
	case "2.16.840.1.101.3.4.1.42":
		return aes.NewCipher, 32, nil
	case "1.2.840.113549.3.7":
		return des.NewTripleDESCipher, 24, nil
	default:
		return nil, 0, &strangeError{"the cipher " + id}
	}
}

// decryptBlocks decrypts CBC and takes off what fills the last block.
func decryptBlocks(block cipher.Block, start, data []byte) ([]byte, error) {
	size := block.BlockSize()
	if len(start) != size || len(data) == 0 || len(data)%size != 0 {
		return nil, errWrongPassword
	}
	out := make([]byte, len(data))
	cipher.NewCBCDecrypter(block, start).CryptBlocks(out, data)
	fill := int(out[len(out)-1])
	if fill == 0 || fill > size {
		return nil, errWrongPassword
	}
	for _, b := range out[len(out)-fill:] {
		if int(b) != fill {
			return nil, errWrongPassword
		}
	}
	return out[:len(out)-fill], nil
}
