package sharing_test

import (
	"strings"
	"testing"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/sharing"
)

func separation(proxies ...casework.Proxy) sharing.Separation {
	both := person("both", "commission", agency.Clerk, agency.CommissionOfficer, agency.CommissionHead)
	return sharing.Separation{
		People:  []agency.Actor{clerk, head, provider, providerHead, commission, commissionHead, stranger, both},
		Proxies: proxies, Seating: sharing.Seating{Commission: "commission", Substitute: "office"},
	}
}

func TestNobodyCanActOnTwoSidesByRolesOrProxiesOfOneAgency(t *testing.T) {
	t.Parallel()
	proxies := []casework.Proxy{
		{Principal: head.Account, Account: clerk.Account},
		{Principal: providerHead.Account, Account: provider.Account},
		{Principal: commissionHead.Account, Account: "both"},
	}
	if paths := separation(proxies...).Prove(); len(paths) != 0 {
		t.Errorf("the rules leave open: %v", paths)
	}
}

// An account that moved to another agency keeps the proxy it was given before.
func TestAProxyAcrossAgenciesIsFoundWithItsPath(t *testing.T) {
	t.Parallel()
	paths := separation(casework.Proxy{Principal: providerHead.Account, Account: head.Account}).Prove()
	if len(paths) == 0 || !strings.Contains(paths[0], head.Account) || !strings.Contains(paths[0], providerHead.Account) {
		t.Errorf("paths %v", paths)
	}
	ended := casework.Proxy{Principal: providerHead.Account, Account: head.Account, Ended: true}
	if paths := separation(ended).Prove(); len(paths) != 0 {
		t.Errorf("a proxy that has ended leaves %v", paths)
	}
}

func TestACommissionThatWouldReviewItselfIsFound(t *testing.T) {
	t.Parallel()
	s := separation()
	s.Seating.Substitute = "commission"
	for _, p := range s.Prove() {
		t.Errorf("the seat of a request of its own is refused by itself, yet: %s", p)
	}
}
