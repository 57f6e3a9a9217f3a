package casework

import (
	"time"

	"datagov/domain/agency"
	"datagov/domain/fault"
	"datagov/domain/workday"
)

// Proxy lets Account act for Principal from one instant to another (AB角、代理).
type Proxy struct {
	ID        string
	Principal string
	Account   string
	From      time.Time
	Until     time.Time // the first instant after it
	Ended     bool      // revoked, or noted as over
}

// Holds says whether the proxy lasts at the instant.
func (p Proxy) Holds(at time.Time) bool {
	return !p.Ended && !at.Before(p.From) && at.Before(p.Until)
}

// Overlaps says whether two proxies can last at the same instant.
func (p Proxy) Overlaps(other Proxy) bool {
	return !p.Ended && !other.Ended && p.From.Before(other.Until) && other.From.Before(p.Until)
}

// proxyDaysAtMost bounds a proxy: it covers an absence and replaces no appointment.
const proxyDaysAtMost = 92

// Span checks the first and the last day of a proxy and gives its instants.
func Span(from, last string, today workday.Day) (time.Time, time.Time, error) {
	first, err := workday.ParseDay(from)
	if err != nil {
		return time.Time{}, time.Time{}, fault.Form("/from", "开始日期须写作 YYYY-MM-DD")
	}
	end, err := workday.ParseDay(last)
	switch {
	case err != nil:
		return time.Time{}, time.Time{}, fault.Form("/until", "结束日期须写作 YYYY-MM-DD")
	case first < today:
		return time.Time{}, time.Time{}, fault.Form("/from", "代理不能从过去的日期开始")
	case end < first:
		return time.Time{}, time.Time{}, fault.Form("/until", "结束日期不得早于开始日期")
	case end > first.Add(proxyDaysAtMost-1):
		return time.Time{}, time.Time{}, fault.Form("/until", "代理一次最长 92 日（含首尾日）")
	}
	return first.Start(), end.Next().Start(), nil
}

// MayEntrust lets a person entrust a colleague with his duties for a time: of
// the same agency, and neither of the two may stand on the other end of another
// proxy at that time, so that there are no chains and no circles.
func MayEntrust(principal, colleague agency.Actor, p Proxy, lasting []Proxy) error {
	switch {
	case principal.Principal != "":
		return fault.New(fault.Barred, "代理期间不得再委托他人代理")
	case principal.Account == colleague.Account:
		return fault.Form("/proxyId", "不能委托自己代理")
	case principal.Agency != colleague.Agency:
		return fault.New(fault.Barred, "只能委托本机构的人员代理")
	case len(principal.Roles) == 0:
		return fault.New(fault.Barred, "您没有可以委托的岗位")
	}
	for _, other := range lasting {
		if !p.Overlaps(other) {
			continue
		}
		switch {
		case other.Principal == p.Principal:
			return fault.New(fault.Conflict, "这段时间您已委托他人代理，请先撤销原代理")
		case other.Account == p.Principal:
			return fault.New(fault.Conflict, "这段时间您正代理他人，不得再委托代理（不得转代理）")
		case other.Principal == p.Account:
			return fault.New(fault.Conflict, "这段时间对方已委托他人代理，不能再代理您（不得转代理）")
		}
	}
	return nil
}

// ActFor is the actor that the account becomes while it acts for a principal:
// with his roles and no other, and both names on record.
func ActFor(account, principal agency.Actor, p Proxy, now time.Time) (agency.Actor, error) {
	fits := p.Account == account.Account && p.Principal == principal.Account && account.Agency == principal.Agency
	if !fits || !p.Holds(now) {
		return agency.Actor{}, fault.New(fault.Forbidden, "您现在没有代理此人的授权，或者代理已经结束")
	}
	return agency.Actor{
		Kind: agency.Human, Account: account.Account, Agency: account.Agency, Roles: principal.Roles, Principal: principal.Account,
	}, nil
}
