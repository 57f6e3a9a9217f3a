package paper

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// Fields are what a paper says, by the names its template uses. They are kept
// exactly as they were filled in.
type Fields struct {
	Text   map[string]string     `json:"text"`
	Lists  map[string][]string   `json:"lists"`
	Tables map[string][][]string `json:"tables"`
}

// NewFields makes fields that can be filled.
func NewFields() Fields {
	return Fields{Text: map[string]string{}, Lists: map[string][]string{}, Tables: map[string][][]string{}}
}

// Encode writes the fields in their one form and gives its digest.
func (f Fields) Encode() (body, digest string, err error) {
	b, err := json.Marshal(f) // maps are written in the order of their keys
	if err != nil {
		return "", "", fmt.Errorf("write fields of a paper: %w", err)
	}
	sum := sha256.Sum256(b)
	return string(b), hex.EncodeToString(sum[:]), nil
}

// Decode reads what [Fields.Encode] wrote.
func Decode(body string) (Fields, error) {
	f := NewFields()
	if err := json.Unmarshal([]byte(body), &f); err != nil {
		return f, fmt.Errorf("read fields of a paper: %w", err)
	}
	return f, nil
}

// filled says whether a field has anything in it.
func (f Fields) filled(name string) bool {
	return f.Text[name] != "" || len(f.Lists[name]) > 0 || len(f.Tables[name]) > 0
}
