package casework

// OpinionStatus is where the paper of an opinion stands: 经办拟稿, then 负责人审签.
type OpinionStatus string

// The statuses of an opinion.
const (
	Drafted  OpinionStatus = "drafted"
	Signed   OpinionStatus = "signed"
	Returned OpinionStatus = "returned"
)

// Opinion is what the case remembers of one opinion. The words are in the
// record; this is what rules need and carries no free text.
type Opinion struct {
	ID        string        `json:"id"`
	Side      Side          `json:"side"`
	Outcome   Outcome       `json:"outcome"`
	Status    OpinionStatus `json:"status"`
	DraftedBy string        `json:"draftedBy"`
	SignedBy  string        `json:"signedBy,omitempty"`
	// Items narrow a refusal; empty means every item under review.
	Items []string `json:"items,omitempty"`
}

// On is what the opinion says of one item: outside a narrowed refusal it agrees.
func (o Opinion) On(item string) Outcome {
	if o.Outcome != Refusal || len(o.Items) == 0 {
		return o.Outcome
	}
	for _, i := range o.Items {
		if i == item {
			return Refusal
		}
	}
	return Agree
}
