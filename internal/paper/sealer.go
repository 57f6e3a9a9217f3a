package paper

import "context"

// Sealer is the port for electronic seals. An implementation puts the office's
// seal on a finished file; which product a district uses is its own choice.
type Sealer interface {
	// Seal gives the file with its seal and whether it carries one. It is asked
	// once for each file, before the file is kept.
	Seal(ctx context.Context, format string, content []byte) (sealed []byte, ok bool, err error)
	// Mark is what the paper says beside the signature, before it is sealed.
	Mark() string
}

// NoSealer seals nothing and says so on the paper.
type NoSealer struct{}

// Seal leaves the file as it is.
func (NoSealer) Seal(_ context.Context, _ string, content []byte) ([]byte, bool, error) {
	return content, false, nil
}

// Mark says that there is no seal.
func (NoSealer) Mark() string { return "（未加盖电子印章）" }
