package identity

import (
	"encoding/base64"
	"fmt"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"datagov/domain/fault"
)

const (
	passwordMin = 8
	passwordMax = 128
)

// params is the second recommended choice of RFC 9106. A hash carries its own
// parameters, so that changing these leaves the passwords in use valid.
var params = &argon2id.Params{Memory: 64 * 1024, Iterations: 3, Parallelism: 4, SaltLength: 16, KeyLength: 32}

// dummyHash costs as much to check as a real one and no password is known for it.
var dummyHash = fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s",
	params.Memory, params.Iterations, params.Parallelism, zeros(params.SaltLength), zeros(params.KeyLength))

func zeros(n uint32) string { return base64.RawStdEncoding.EncodeToString(make([]byte, n)) }

// HashPassword makes the hash that is stored for a password of 8 to 128
// characters, and refuses any other.
func HashPassword(password string) (string, error) {
	if n := utf8.RuneCountInString(password); n < passwordMin || n > passwordMax {
		return "", fault.Form("/password", "密码长度应当为8至128个字符")
	}
	hash, err := argon2id.CreateHash(password, params)
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return hash, nil
}

func compare(password, hash string) (bool, error) {
	matches, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return false, fmt.Errorf("check password: %w", err)
	}
	return matches, nil
}
