package sharing

import (
	"slices"
	"time"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/workday"
)

// Status is the step a share request is in, or how it ended.
type Status string

// The statuses. Approved means the answer is given and the grants are being
// written; Disputed is open, its way out is withdrawal.
const (
	SignOff          Status = "sign_off"
	FormCheck        Status = "form_check"
	Supplement       Status = "supplement"
	JointReview      Status = "joint_review"
	Approved         Status = "approved"
	Granted          Status = "granted"
	PartiallyGranted Status = "partially_granted"
	Refused          Status = "refused"
	Disputed         Status = "disputed"
	Withdrawn        Status = "withdrawn"
)

// Closed says whether the request has ended.
func (s Status) Closed() bool {
	return slices.Contains([]Status{Granted, PartiallyGranted, Refused, Withdrawn}, s)
}

// PartStatus is where one requested item stands.
type PartStatus string

// The statuses of a part.
const (
	PartPending   PartStatus = "pending"
	PartAgreed    PartStatus = "agreed" // both sides agreed; the grant is being written
	PartGranted   PartStatus = "granted"
	PartRefused   PartStatus = "refused"
	PartBarred    PartStatus = "barred"
	PartDisputed  PartStatus = "disputed"
	PartWithdrawn PartStatus = "withdrawn"
)

// Part is one requested item of the case.
type Part struct {
	Item   string     `json:"item"`
	Path   Path       `json:"path"`
	Status PartStatus `json:"status"`
}

// ExtensionStatus is where the one extension of the answer's term stands. TL 21.
type ExtensionStatus string

// The statuses of an extension; empty means nobody asked.
const (
	ExtensionAsked     ExtensionStatus = "asked"
	ExtensionConsented ExtensionStatus = "consented"
	ExtensionDeclined  ExtensionStatus = "declined"
)

// Request is a share request as rules see it. It is also the state of the
// workflow and what a lost workflow is rebuilt from, so it holds identifiers
// and no words of the file. Articles 25–27.
type Request struct {
	ID         string      `json:"id"`
	EntryID    string      `json:"entryId"`
	Requester  agency.ID   `json:"requester"`
	Provider   agency.ID   `json:"provider"`
	Commission agency.ID   `json:"commission"` // who holds the commission's seat in this case
	Government bool        `json:"government"` // the provider is a 政府部门: TL's figures are 法定
	Status     Status      `json:"status"`
	Version    int64       `json:"version"`
	Rules      string      `json:"rules"`
	Until      workday.Day `json:"until"`

	// Drafters is everybody who had a hand in the draft; none of them signs it.
	Drafters    []string  `json:"drafters,omitempty"`
	SubmittedBy string    `json:"submittedBy"`
	SubmittedAt time.Time `json:"submittedAt"`
	SignedBy    string    `json:"signedBy,omitempty"`
	SignedAt    time.Time `json:"signedAt"`
	Returned    bool      `json:"returned,omitempty"`

	Noticed  bool      `json:"noticed,omitempty"` // the one supplement notice was given
	Supplied bool      `json:"supplied,omitempty"`
	ClosedAt time.Time `json:"closedAt"`

	Extension ExtensionStatus    `json:"extension,omitempty"`
	Parts     []Part             `json:"parts"`
	Opinions  []casework.Opinion `json:"opinions,omitempty"`
	Acts      []casework.Act     `json:"acts,omitempty"`
	Clocks    []deadline.Clock   `json:"clocks,omitempty"`
	// Desk are the open tasks with the people they were given to. It is nil only
	// where the rules are asked without a record.
	Desk []casework.Task `json:"desk"`
}

// Stream names the event stream of the case.
func (r Request) Stream() string { return "share-request/" + r.ID }

// Clock finds the newest clock of a code, or nil.
func (r *Request) Clock(code string) *deadline.Clock {
	for i := len(r.Clocks) - 1; i >= 0; i-- {
		if r.Clocks[i].Code == code {
			return &r.Clocks[i]
		}
	}
	return nil
}

// Due is the instant by which the answer is owed, or by which the present step
// is expected where no answer is owed yet; zero while nothing runs.
func (r *Request) Due() time.Time {
	if c := r.Leading(); c != nil && c.StoppedAt.IsZero() {
		return c.DueAt
	}
	return time.Time{}
}

// Leading is the clock people look at: the joint answer once it exists, the
// present step's before that.
func (r *Request) Leading() *deadline.Clock {
	if r.Status == Supplement {
		return r.Clock(deadline.ShareSupplement)
	}
	if c := r.Clock(deadline.ShareJointDecision); c != nil {
		return c
	}
	return r.Clock(deadline.ShareSignOff)
}

// opinion finds an opinion by ID, or nil.
func (r *Request) opinion(id string) *casework.Opinion {
	for i := range r.Opinions {
		if r.Opinions[i].ID == id {
			return &r.Opinions[i]
		}
	}
	return nil
}

// live finds the opinion of the side that is drafted or signed, or nil.
func (r *Request) live(side casework.Side) *casework.Opinion {
	for i := range r.Opinions {
		if r.Opinions[i].Side == side && r.Opinions[i].Status != casework.Returned {
			return &r.Opinions[i]
		}
	}
	return nil
}

// Waits says whether the opinion still waits for a signature.
func (r *Request) Waits(opinionID string) bool {
	o := r.opinion(opinionID)
	return o != nil && o.Status == casework.Drafted
}

// UnderReview lists the items that go through 会同审核.
func (r *Request) UnderReview() []string {
	var items []string
	for _, p := range r.Parts {
		if p.Path == ByReview {
			items = append(items, p.Item)
		}
	}
	return items
}

// Clone copies the request deeply enough to move the copy.
func (r Request) Clone() Request {
	r.Parts = slices.Clone(r.Parts)
	r.Opinions = slices.Clone(r.Opinions)
	r.Acts = slices.Clone(r.Acts)
	r.Drafters = slices.Clone(r.Drafters)
	r.Desk = casework.CloneDesk(r.Desk)
	r.Clocks = slices.Clone(r.Clocks)
	for i := range r.Clocks {
		r.Clocks[i].Suspended = slices.Clone(r.Clocks[i].Suspended)
	}
	return r
}
