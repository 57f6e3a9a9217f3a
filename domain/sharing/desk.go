package sharing

import (
	"slices"
	"strings"
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/workday"
)

// assigned lets only those act whom the step's task was given to, or their
// proxies. Without a record there is no desk and the case's facts decide alone.
func (r *Request) assigned(step string, actor agency.Actor) error {
	if r.Desk == nil {
		return nil
	}
	t := casework.Find(r.Desk, step)
	if t == nil {
		return r.wrongState()
	}
	return t.MayTake(actor)
}

// signed records the signature at its seat and says whether the paper has every
// signature it needs; while it has not, the case stays where it is.
func (r *Request) signed(step string, m Move) bool {
	t := casework.Find(r.Desk, step)
	return t == nil || t.Sign(m.By, m.At)
}

func countersigned(citation law.Citation) []audit.Event {
	return []audit.Event{event("countersigned", citation, "已签署，等待其他签署人；全部签署后生效")}
}

// MayStand says whether a person may be given a task of the step: what the
// step's own rule says of him, and that he holds its role. It is asked when a
// task is made, transferred or given one more signer, so that no drafter and
// nobody of another side ever comes to sit there.
func (r Request) MayStand(step string, role agency.Role, target agency.Actor, now time.Time) error {
	if !slices.ContainsFunc(SeatRoles(step, role), target.Holds) {
		return fault.New(fault.Barred, "所选人员没有担任本环节的岗位")
	}
	r.Desk = nil
	switch step {
	case stepSignOff:
		return MaySignOff(r, target)
	case stepRevision:
		return MayRevise(r, target)
	case stepFormCheck:
		return MayCheckForm(r, target)
	case stepSupplement:
		return MaySupply(r, target)
	case stepExtension:
		return MayDecideExtension(r, target, now)
	}
	if side, ok := strings.CutPrefix(step, stepOpinion); ok {
		return MayDraft(r, target, casework.Side(side))
	}
	if side, ok := strings.CutPrefix(step, stepSign); ok {
		if o := r.live(casework.Side(side)); o != nil {
			return MaySign(r, target, o.ID)
		}
	}
	return nil
}

// MayOrder lets a person give an order of the desk: a party of the case, for
// the task it is about, and no more often than the rules let him urge.
func MayOrder(r Request, o casework.Order, actor agency.Actor, now time.Time, gap time.Duration) error {
	private := o.Verb == casework.Follow || o.Verb == casework.Unfollow // who may see a case may watch it
	if !private && !r.IsParty(actor.Agency) {
		return fault.New(fault.Barred, "只有本事项的当事机构可以这样办理")
	}
	if o.Verb != casework.Unfollow && r.Status.Closed() {
		return r.wrongState()
	}
	return o.MayGive(r.Desk, actor, now, gap)
}

// UrgeGap is the least time between two urges of one task, from the rule pack.
func UrgeGap(p deadline.Pack, now time.Time) time.Duration {
	term, err := p.Find(deadline.DeskUrge, false, workday.DayOf(now))
	if err != nil {
		return 24 * time.Hour
	}
	return term.Length()
}

// Order carries an order of the desk; the people it brings in are judged first.
func (r *Request) Order(m Move, o casework.Order, targets []agency.Actor) ([]audit.Event, error) {
	if err := MayOrder(*r, o, m.By, m.At, UrgeGap(m.Pack, m.At)); err != nil {
		return nil, err
	}
	if err := r.MayBring(o, targets, m.At); err != nil {
		return nil, err
	}
	o.Carry(r.Desk, m.By, m.At)
	w := orderWords[o.Verb]
	return []audit.Event{event(w.event, law.Measure("26"), w.detail)}, nil
}

// MayBring judges the people an order is about: a signer must be fit for the
// seat, a colleague asked for advice must be of the same agency and on no other
// side, and copies stay among the parties.
func (r Request) MayBring(o casework.Order, targets []agency.Actor, now time.Time) error {
	if len(targets) != len(o.Accounts) {
		return fault.Form("/accountIds", "所选人员不存在或者已停用")
	}
	t := casework.FindID(r.Desk, o.Task)
	for _, target := range targets {
		if err := r.mayBring(o.Verb, t, target, now); err != nil {
			return err
		}
	}
	return nil
}

func (r Request) mayBring(verb casework.OrderVerb, t *casework.Task, target agency.Actor, now time.Time) error {
	switch verb {
	case casework.SendCopy:
		if !r.IsParty(target.Agency) {
			return fault.New(fault.Barred, "只能抄送给当事机构的人员")
		}
	case casework.AddSigner, casework.Transfer, casework.Consult:
		if t == nil {
			return r.wrongState()
		}
		if target.Agency != t.Agency {
			return fault.New(fault.Barred, "只能选择本机构的人员")
		}
		if verb == casework.Consult && !takesPart(target) {
			return fault.New(fault.Barred, "所选人员没有参与办理事项的岗位，不能委派")
		}
		if verb == casework.Consult {
			return casework.MayActOn(r.Acts, target, r.sideOfStep(t.Step))
		}
		return r.MayStand(t.Step, t.Role, target, now)
	case casework.RemoveSigner, casework.Advise, casework.Urge, casework.Follow, casework.Unfollow:
	}
	return nil
}

// takesPart says whether a person can have a part in a case, and so may read it.
func takesPart(a agency.Actor) bool {
	return a.Holds(agency.Clerk) || a.Holds(agency.Head) || holdsDesk(a)
}

// sideOfStep is the side that acts at a step.
func (r Request) sideOfStep(step string) casework.Side {
	switch {
	case strings.HasSuffix(step, string(casework.Provider)):
		return casework.Provider
	case slices.Contains([]string{stepFormCheck, stepExtension}, step), strings.HasSuffix(step, string(casework.Commission)):
		return casework.Commission
	}
	return casework.Applicant
}

// orderWords gives each verb of the desk its event and its sentence.
var orderWords = map[casework.OrderVerb]struct{ event, title, detail, next string }{
	casework.AddSigner:    {"signer_added", "加签", "增加签署人，须其签署后生效", "增加的签署人也须签署后才生效；在其签署之前可以减签"},
	casework.RemoveSigner: {"signer_removed", "减签", "撤去尚未签署的加签人", "撤去尚未签署的加签人；已签署的人须重新签署"},
	casework.Transfer:     {"transferred", "转办", "转由同岗位的另一人办理", "由同岗位的另一人接办，您不再办理本环节；职责分离重新核对"},
	casework.Consult:      {"consulted", "委派", "请同事提供意见，意见供承办人参考，不替代决定", "同事的意见返回给您参考，决定仍由您作出"},
	casework.Advise:       {"advised", "回复委派", "已提供意见，供承办人参考", "意见返回承办人参考，不产生决定效力"},
	casework.Urge:         {"urged", "催办", "催请承办人及时办理", "通知承办人；第二次起同时报告其上级。催办不产生同意或者拒绝的效果"},
	casework.SendCopy:     {"copied", "抄送", "抄送供知悉，不要求办理", "收件人只作知悉，不要求办理"},
	casework.Follow:       {"followed", "关注", "关注本事项的进展", "本事项有进展时通知您"},
	casework.Unfollow:     {"unfollowed", "取消关注", "不再关注本事项", "不再通知您本事项的进展"},
}
