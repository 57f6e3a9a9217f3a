package tests

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"

	"datagov/domain/workday"
)

// dossier is a case as the API shows it.
type dossier struct {
	ID, Status, Purpose, SubmittedBy, SignedBy string
	SignOff                                    struct {
		Returned bool
		Reason   string
	}
	Scenario *struct {
		ID      string
		Version int
	}
	Parts      []part
	Opinions   []opinion
	Grants     []grant
	Events     []event
	Clock      *clock
	Clocks     []clock
	DueAt      *time.Time
	Overdue    bool
	Supplement *struct{ Missing []string }
	Extension  *struct{ Status string }
	Verbs      []struct{ Key, OpinionID, Side string }
}

type part struct {
	ItemID, Route, Status, Reason string
	Grounds                       []ground
}

type opinion struct {
	ID, Side, Outcome, Status, DraftedBy, SignedBy, Reason, ReturnReason string
	Conditions                                                           []condition
	Grounds                                                              []ground
	ItemIDs                                                              []string
}

type condition struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

type ground struct {
	Level     string `json:"level"`
	Title     string `json:"title"`
	DocNo     string `json:"docNo,omitempty"`
	Article   string `json:"article"`
	Quote     string `json:"quote"`
	InForceOn string `json:"inForceOn"`
	Warning   string `json:"warning,omitempty"`
}

type grant struct {
	ID, Basis, Status, Purpose, Until, RequestID string
	ItemIDs                                      []string
	Conditions                                   []condition
	Scenario                                     *struct {
		ID      string
		Version int
	}
}

type event struct {
	Seq         int64
	At          time.Time
	Name        string
	Actor       struct{ ID, Kind string }
	Citation    *struct{ Edition, Article string }
	RuleVersion string
	Hash        string
}

type clock struct {
	Code, StartedOn, BasisKind, LastDay, StopReason string
	Value, Extended                                 int
	DueAt, StoppedAt                                *time.Time
	Days                                            []struct{ Day, Kind, Note string }
	Suspensions                                     []struct{ From, To, Reason string }
}

// today is the day in the district; a test may straddle midnight, a date in it must not.
func today() workday.Day { return workday.DayOf(time.Now()) }

// file is a complete request for items of an entry.
func file(entryID string, itemIDs []string) fields {
	return fields{
		"entryId": entryID, "itemIds": itemIDs, "purpose": "核验申请人的情况", "basis": "本单位职责", "mode": "request_response",
		"system": "业务系统", "until": string(today().Add(90)),
	}
}

// matter is a case on a server and how to go on with it.
type matter struct {
	*running
	id string
}

func (m matter) path(of string) string { return "/share-requests/" + m.id + of }

// submitted is a new case in sign-off.
func (r *running) submitted(t testing.TB, who string, body fields) matter {
	t.Helper()
	c := r.as(t, who).act(t, "/share-requests", body).dossier(t)
	if c.Status != "sign_off" {
		t.Fatalf("a new case is in %s", c.Status)
	}
	return matter{r, c.ID}
}

// dossier wants the case after an act.
func (a answer) dossier(t testing.TB) dossier {
	t.Helper()
	var c dossier
	a.want(t, http.StatusCreated).into(t, &c)
	return c
}

// asking is a case of the civil affairs bureau for authorized data of the
// health commission, which goes to review.
func (r *running) asking(t testing.TB) matter {
	t.Helper()
	e := entry(t, births)
	return r.submitted(t, "civil", file(e.ID, items(t, e, "出生证编号", "新生儿姓名", "出生时间")))
}

// show reads the case as somebody.
func (m matter) show(t testing.TB, who string) dossier {
	t.Helper()
	var c dossier
	m.as(t, who).read(t, m.path("")).want(t, http.StatusOK).into(t, &c)
	return c
}

// act does one act of the case.
func (m matter) act(t testing.TB, who, what string, body any) answer {
	t.Helper()
	return m.as(t, who).act(t, m.path(what), body)
}

// does is an act that has to succeed; it gives the case afterwards.
func (m matter) does(t testing.TB, who, what string, body any) dossier {
	t.Helper()
	return m.act(t, who, what, body).dossier(t)
}

var (
	sign     = fields{"outcome": "sign"}
	complete = fields{"outcome": "complete"}
	agree    = fields{"outcome": "agree", "reason": "履职所需，范围适当"}
)

// back is a return with its reason.
func back(reason string) fields { return fields{"outcome": "return", "reason": reason} }

// refusal is a refusal that stands on the grounds.
func refusal(grounds ...ground) fields {
	return fields{"outcome": "refuse", "reason": "超出履行职责所必需的范围", "grounds": grounds}
}

// valid is a ground that holds: Article 34 of 个人信息保护法.
var valid = ground{
	Level: "法律", Title: "中华人民共和国个人信息保护法", Article: "第三十四条",
	Quote: "国家机关为履行法定职责处理个人信息，应当依照法律、行政法规规定的权限、程序进行，不得超出履行法定职责所必需的范围和限度。", InForceOn: "2021-11-01",
}

// signedOff takes the case to form check.
func (m matter) signedOff(t testing.TB) matter {
	t.Helper()
	m.does(t, "civil-head", "/sign-off", sign)
	return m
}

// underReview takes a new case to joint review.
func (m matter) underReview(t testing.TB) matter {
	t.Helper()
	m.signedOff(t).does(t, "commission", "/form-check", complete)
	return m
}

// side is a reviewing side with the people who draft and sign for it.
type side struct{ name, clerk, head string }

var (
	provider   = side{"provider", "health", "health-head"}
	commission = side{"commission", "commission", "commission-head"}
)

// drafts writes an opinion and gives its identifier.
func (m matter) drafts(t testing.TB, s side, body fields) string {
	t.Helper()
	var made struct{ ID, Status string }
	m.act(t, s.clerk, "/opinions", body).want(t, http.StatusCreated).into(t, &made)
	if made.Status != "drafted" || uuid.Validate(made.ID) != nil {
		t.Fatalf("drafted %+v", made)
	}
	return made.ID
}

// signs signs a drafted opinion.
func (m matter) signs(t testing.TB, s side, opinionID string) dossier {
	t.Helper()
	return m.does(t, s.head, "/opinions/"+opinionID+"/sign", sign)
}

// says drafts and signs.
func (m matter) says(t testing.TB, s side, body fields) dossier {
	t.Helper()
	return m.signs(t, s, m.drafts(t, s, body))
}

// in wants the case in a status.
func (c dossier) in(t testing.TB, status string) dossier {
	t.Helper()
	if c.Status != status {
		t.Fatalf("case is in %s, want %s", c.Status, status)
	}
	return c
}

// parts lists route and status of every part.
func (c dossier) parts() []string {
	all := []string{}
	for _, p := range c.Parts {
		all = append(all, p.Route+" "+p.Status)
	}
	return all
}

// named finds the last event of a name; nil when there is none.
func (c dossier) named(name string) *event {
	for i := len(c.Events) - 1; i >= 0; i-- {
		if c.Events[i].Name == "share_request."+name {
			return &c.Events[i]
		}
	}
	return nil
}
