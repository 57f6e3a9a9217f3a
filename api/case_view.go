package api

import (
	"time"

	"datagov/domain/casework"
)

// caseView is a case as people read it: the file, where it stands, both
// opinions, the clock with its working, and what this person may do now.
type caseView struct {
	ID              string          `json:"id"`
	Kind            string          `json:"kind"`
	Title           string          `json:"title"`
	Status          string          `json:"status" doc:"sign_off、form_check、supplement、joint_review、approved、granted、partially_granted、refused、disputed 或者 withdrawn"`
	Entry           entryRefView    `json:"entry"`
	Requester       refView         `json:"requester"`
	Provider        refView         `json:"provider"`
	Commission      refView         `json:"commission"`
	Purpose         string          `json:"purpose"`
	Basis           string          `json:"basis"`
	Mode            string          `json:"mode"`
	System          string          `json:"system"`
	Until           string          `json:"until"`
	Scenario        *versionRefView `json:"scenario"`
	SubmittedBy     string          `json:"submittedBy"`
	SubmittedByName string          `json:"submittedByName"`
	SubmittedAt     time.Time       `json:"submittedAt"`
	SignedBy        string          `json:"signedBy"`
	SignedByName    string          `json:"signedByName"`
	SignedAt        *time.Time      `json:"signedAt"`
	SignOff         struct {
		Returned bool   `json:"returned"`
		Reason   string `json:"reason"`
	} `json:"signOff"`
	WithdrawReason string          `json:"withdrawReason"`
	Supplement     *supplementView `json:"supplement"`
	Parts          []partView      `json:"parts" nullable:"false"`
	Opinions       []opinionView   `json:"opinions" nullable:"false"`
	Extension      *extensionView  `json:"extension"`
	DueAt          *time.Time      `json:"dueAt"`
	Overdue        bool            `json:"overdue"`
	Clock          *clockView      `json:"clock"`
	Clocks         []clockView     `json:"clocks" nullable:"false"`
	Grants         []grantView     `json:"grants" nullable:"false"`
	Papers         []PaperView     `json:"papers" nullable:"false"`
	Events         []eventView     `json:"events" nullable:"false"`
	Steps          []stepView      `json:"steps" nullable:"false"`
	Verbs          []verbView      `json:"verbs" nullable:"false"`
	Waiting        []waitingView   `json:"waiting" nullable:"false" doc:"现在等谁办理、办什么、到什么时候"`
	Followed       bool            `json:"followed"`
	CaseReceipt
	Pack        *casePackView    `json:"pack" doc:"本事项适用的规则包"`
	Attachments []attachmentView `json:"attachments" nullable:"false"`
}

type entryRefView struct {
	ID   string `json:"id"`
	Code string `json:"code"`
	Name string `json:"name"`
}

type versionRefView struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Version int64  `json:"version"`
}

type supplementView struct {
	Missing    []string   `json:"missing" nullable:"false"`
	NoticedAt  time.Time  `json:"noticedAt"`
	SuppliedAt *time.Time `json:"suppliedAt"`
	Note       string     `json:"note"`
}

type partView struct {
	ItemID  string       `json:"itemId"`
	Name    string       `json:"name"`
	Level   string       `json:"level"`
	Route   string       `json:"route" doc:"unconditional、scenario、review 或者 barred"`
	Status  string       `json:"status"`
	Reason  string       `json:"reason"`
	Grounds []groundView `json:"grounds" nullable:"false"`
}

type opinionView struct {
	ID            string                 `json:"id"`
	Side          string                 `json:"side"`
	Outcome       string                 `json:"outcome"`
	Status        casework.OpinionStatus `json:"status"`
	DraftedBy     string                 `json:"draftedBy"`
	DraftedByName string                 `json:"draftedByName"`
	DraftedAt     time.Time              `json:"draftedAt"`
	SignedBy      string                 `json:"signedBy"`
	SignedByName  string                 `json:"signedByName"`
	SignedAt      *time.Time             `json:"signedAt"`
	Reason        string                 `json:"reason"`
	Conditions    []casework.Condition   `json:"conditions" nullable:"false"`
	Grounds       []groundView           `json:"grounds" nullable:"false"`
	ItemIDs       []string               `json:"itemIds" nullable:"false"`
	ReturnReason  string                 `json:"returnReason"`
	OpinionReceipt
}

type extensionView struct {
	Status        string     `json:"status"`
	Reason        string     `json:"reason"`
	AskedByName   string     `json:"askedByName"`
	AskedAt       *time.Time `json:"askedAt"`
	DecidedByName string     `json:"decidedByName"`
	DecidedAt     *time.Time `json:"decidedAt"`
	Decision      string     `json:"decision"`
}

type stepView struct {
	Key     string        `json:"key"`
	Title   string        `json:"title"`
	Article *citationView `json:"article"`
	State   string        `json:"state" doc:"done、now、next 或者 skipped"`
	Who     string        `json:"who"`
	At      *time.Time    `json:"at"`
	DueAt   *time.Time    `json:"dueAt"`
}

type verbView struct {
	Key       string        `json:"key"`
	Title     string        `json:"title"`
	OpinionID string        `json:"opinionId,omitempty"`
	Side      string        `json:"side,omitempty"`
	Citation  *citationView `json:"citation"`
	Next      string        `json:"next" doc:"办理之后会发生什么"`
	TaskID    string        `json:"taskId,omitempty"`
	Clock     string        `json:"clock" doc:"对期限的影响"`
}
