package demo

import (
	"fmt"
	"slices"

	"datagov/domain/agency"
)

func (c *checker) script(k Case) {
	of := "case " + k.Key
	c.unique("case", k.Key)
	e := c.knownItems(of, k.Entry, k.ItemIDs)
	who := c.knownAccount(of, k.As)
	c.want(who.Holds(agency.Clerk), "%s: %s is no clerk", of, k.As)
	c.want(who.Agency != e.Agency, "%s: the provider asks itself", of)
	c.want(k.Purpose != "" && k.Basis != "" && k.System != "", "%s: incomplete", of)
	c.want(k.UntilDays > 0 && k.UntilDays <= 365, "%s: a grant lasts a year at most", of)
	c.want(slices.Contains([]string{"request_response", "copy", "other"}, k.Mode), "%s: mode %q", of, k.Mode)
	c.want(slices.Contains(statuses, k.Status), "%s: status %q", of, k.Status)
	for n, a := range k.Acts {
		c.act(fmt.Sprintf("%s, act %d", of, n+1), a, who.Agency, e)
	}
}

func (c *checker) knownAccount(of, username string) Account {
	a, known := c.accounts[username]
	c.want(known, "%s: unknown account %q", of, username)
	return a
}

func (c *checker) act(of string, a Act, requester agency.ID, e Entry) {
	who := c.knownAccount(of, a.As)
	allowed, known := outcomes[a.Act]
	c.want(known, "%s: unknown act %q", of, a.Act)
	c.want(slices.Contains(allowed, a.Body.Outcome), "%s: outcome %q", of, a.Body.Outcome)
	c.want(maySpeak(a, who, requester, e.Agency), "%s: %s may not %s here", of, a.As, a.Act)
	b := a.Body
	c.want((b.Outcome == "supplement") == (len(b.Missing) > 0), "%s: what is missing", of)
	c.want((b.Outcome == "agree_with_conditions") == (len(b.Conditions) > 0), "%s: conditions", of)
	for _, x := range b.Conditions {
		c.want(slices.Contains(conditionKinds, x.Kind) && x.Text != "", "%s: condition %q", of, x.Kind)
	}
	if a.Act == "draft_opinion" {
		c.want(b.Reason != "", "%s: an opinion states its reason", of)
		c.want(b.Side == a.Side, "%s: side %q in the body", of, b.Side)
		c.want((b.Outcome == "refuse") == (len(b.Grounds) > 0), "%s: Article 25 wants a ground for a refusal", of)
	}
	c.grounds(of, b.Grounds, Written)
	if len(b.ItemIDs) > 0 {
		c.knownItems(of, e.ID, b.ItemIDs)
	}
}

// maySpeak says whether the account stands on the right side, in the right
// role: clerks draft and heads sign, and nobody acts for the other side.
func maySpeak(a Act, who Account, requester, provider agency.ID) bool {
	switch a.Act {
	case "sign_off":
		return who.Agency == requester && who.Holds(agency.Head)
	case "revision", "supplement", "withdraw":
		return who.Agency == requester && who.Holds(agency.Clerk)
	case "form_check":
		return who.Holds(agency.CommissionOfficer)
	case "ask_extension":
		return who.Agency == provider && who.Holds(agency.Clerk)
	case "decide_extension":
		return who.Holds(agency.CommissionOfficer) || who.Holds(agency.CommissionHead)
	case "draft_opinion", "sign_opinion":
		own, wide := agency.Clerk, agency.CommissionOfficer
		if a.Act == "sign_opinion" {
			own, wide = agency.Head, agency.CommissionHead
		}
		switch a.Side {
		case "provider":
			return who.Agency == provider && who.Holds(own)
		case "commission":
			return who.Holds(wide)
		}
	}
	return false
}
