package yahoo

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
	"time"
)

const (
	pemBegin = "-----BEGIN PUBLIC KEY-----"
	pemEnd   = "-----END PUBLIC KEY-----"
	// minKeyBits keeps out what cannot be a key of the mall; how long its keys are is not
	// documented.
	minKeyBits = 1024
)

// parsePublicKey reads a public key as people paste it: with or without line breaks, CRLF, blanks,
// and with or without the BEGIN and END lines. The text is never repeated in the error.
func parsePublicKey(text string) (*rsa.PublicKey, error) {
	// a JSON or .env value pasted with its escapes
	text = strings.TrimSpace(strings.ReplaceAll(text, `\n`, "\n"))
	body := text
	if at := strings.Index(body, "-----BEGIN "); at >= 0 {
		rest := body[at:]
		if !strings.HasPrefix(rest, pemBegin) {
			return nil, errors.New("is a PEM block of another kind: want " + pemBegin)
		}
		rest = rest[len(pemBegin):]
		end := strings.Index(rest, "-----END")
		if end < 0 {
			return nil, errors.New("is cut off: the line " + pemEnd + " is missing")
		}
		body = rest[:end]
	}
	body = strings.Join(strings.Fields(body), "")
	der, err := base64.StdEncoding.DecodeString(body)
	if err != nil || len(der) == 0 {
		return nil, errors.New("is not the Base64 text of a public key: copy it again, from " +
			pemBegin + " to " + pemEnd)
	}
	parsed, err := x509.ParsePKIXPublicKey(der)
	if err != nil {
		return nil, errors.New("is not a public key: copy it again from 暗号鍵管理")
	}
	key, ok := parsed.(*rsa.PublicKey)
	if !ok {
		return nil, errors.New("is a public key, but not an RSA one")
	}
	if key.N.BitLen() < minKeyBits {
		return nil, errors.New("is an RSA key of fewer than " + strconv.Itoa(minKeyBits) + " bits")
	}
	return key, nil
}

// sign returns the value of X-sws-signature: "<store>:<unix seconds>" encrypted with the store's
// public key, PKCS #1 v1.5. The mall checks the time, so each call needs a fresh one.
func sign(key *rsa.PublicKey, shop string, now time.Time) (string, error) {
	//lint:ignore SA1019 it is what the mall decrypts; OAEP would not be understood
	sealed, err := rsa.EncryptPKCS1v15(rand.Reader, key,
		[]byte(shop+":"+strconv.FormatInt(now.Unix(), 10)))
	if err != nil {
		return "", errors.New("the public key is too short for the store's name")
	}
	return base64.StdEncoding.EncodeToString(sealed), nil
}
