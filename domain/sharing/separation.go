package sharing

import (
	"fmt"
	"slices"

	"datagov/domain/agency"
	"datagov/domain/casework"
)

// Separation is everything that says who may act for whom: the people with
// their roles, the proxies, and who holds the commission's seat.
type Separation struct {
	People  []agency.Actor
	Proxies []casework.Proxy
	Seating Seating
}

// Prove enumerates, for everybody and every place he can stand in, whether he
// could review a request of his own agency or act on two sides of one case. It
// asks the rules that judge the acts themselves and takes every proxy as given,
// in force or still to come. Each answer is one path, in words; none is the
// proof. Correction 3 of the requirements.
func (s Separation) Prove() []string {
	paths := []string{}
	for _, person := range s.People {
		stands := s.standings(person)
		for _, r := range s.cases(stands) {
			for _, path := range conflicts(person, stands, r) {
				if !slices.Contains(paths, path) {
					paths = append(paths, path)
				}
			}
		}
	}
	return paths
}

// standings are the places a person can stand in: his own and his principals'.
func (s Separation) standings(person agency.Actor) []agency.Actor {
	stands := []agency.Actor{person}
	for _, p := range s.Proxies {
		if p.Ended || p.Account != person.Account {
			continue
		}
		for _, principal := range s.People {
			if principal.Account == p.Principal {
				stands = append(stands, agency.Actor{
					Kind: agency.Human, Account: person.Account, Agency: principal.Agency, Roles: principal.Roles, Principal: principal.Account,
				})
			}
		}
	}
	return stands
}

// cases are requests between all agencies that the places belong to.
func (s Separation) cases(stands []agency.Actor) []Request {
	agencies := []agency.ID{s.Seating.Commission, s.Seating.Substitute, "*"} // "*" is any other agency
	for _, a := range stands {
		agencies = append(agencies, a.Agency)
	}
	slices.Sort(agencies)
	agencies = slices.Compact(agencies)
	requests := []Request{}
	for _, requester := range agencies {
		commission, err := s.Seating.For(requester)
		for _, provider := range agencies {
			if err == nil && provider != requester && requester != "" && provider != "" {
				requests = append(requests, Request{Requester: requester, Provider: provider, Commission: commission, Status: JointReview})
			}
		}
	}
	return requests
}

var everySide = []casework.Side{casework.Applicant, casework.Provider, casework.Commission}

func conflicts(person agency.Actor, stands []agency.Actor, r Request) []string {
	paths := []string{}
	for _, one := range stands {
		for _, side := range everySide {
			if !mayTake(r, one, side) {
				continue
			}
			if side != casework.Applicant && person.Agency == r.Requester {
				paths = append(paths, fmt.Sprintf("账号 %s（%s）%s，可以审核本机构提出的申请", person.Account, person.Agency, standing(one)))
			}
			for _, then := range secondActs(stands, r, one, side) {
				paths = append(paths, fmt.Sprintf("账号 %s（%s）%s办理%s后，%s", person.Account, person.Agency, standing(one), SideTitle(side), then))
			}
		}
	}
	return paths
}

// secondActs are the acts on another side that remain after one has acted.
func secondActs(stands []agency.Actor, r Request, one agency.Actor, side casework.Side) []string {
	acts := []string{}
	r.Acts = casework.Remember(nil, one, side)
	for _, two := range stands {
		for _, other := range everySide {
			if other != side && mayTake(r, two, other) {
				acts = append(acts, standing(two)+"还可以办理"+SideTitle(other))
			}
		}
	}
	return acts
}

func standing(a agency.Actor) string {
	if a.Principal == "" {
		return "以本人身份"
	}
	return "代理账号 " + a.Principal + "（" + string(a.Agency) + "）"
}

// mayTake asks the rules of a side, with the roles that the side's seats have.
func mayTake(r Request, actor agency.Actor, side casework.Side) bool {
	if side == casework.Applicant {
		return (actor.Holds(agency.Clerk) || actor.Holds(agency.Head)) && r.asApplicant(actor) == nil
	}
	if side == casework.Provider && !actor.Holds(agency.Clerk) && !actor.Holds(agency.Head) {
		return false
	}
	return r.asReviewer(actor, side) == nil
}
