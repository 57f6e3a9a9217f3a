package sharing

import (
	"strings"
	"time"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/law"
)

// Verb is one act a person may do to a case now, with what he should read
// before doing it. Object and Action name the permission it needs besides.
type Verb struct {
	Key, Title     string
	OpinionID      string
	TaskID         string
	Side           casework.Side
	Citation       law.Citation
	Next           string
	Clock          string // what the act does to the terms
	Object, Action string
}

// Verbs lists what the facts of the case let the actor do now. The caller
// still asks whether his roles ever may.
func Verbs(r Request, actor agency.Actor, now time.Time) []Verb {
	var verbs []Verb
	add := func(err error, v Verb) {
		if err == nil {
			verbs = append(verbs, v)
		}
	}
	tl, review := law.Regulation("21"), law.Measure("26")
	add(MaySignOff(r, actor), Verb{
		Key: "sign_off", Title: "审签申请", Citation: law.Regulation("20"), Object: "share-request", Action: "sign-off",
		Next: afterSignature(r),
	})
	add(MayRevise(r, actor), Verb{
		Key: "revision", Title: "修改后重新提交", Citation: law.Regulation("20"), Object: "share-request", Action: "revise",
		Next: "重新提交本机构负责人审签",
	})
	add(MayCheckForm(r, actor), Verb{
		Key: "form_check", Title: "形式审查", Citation: tl, Object: "share-request", Action: "form-check", Next: afterFormCheck(r),
	})
	add(MaySupply(r, actor), Verb{
		Key: "supplement", Title: "补正材料", Citation: tl, Object: "share-request", Action: "supplement",
		Next: "主管部门继续形式审查；答复期限自材料齐全之日起算",
	})
	verbs = append(verbs, opinionVerbs(r, actor, review)...)
	add(MayAskExtension(r, actor, now), Verb{
		Key: "ask_extension", Title: "申请延期", Citation: tl, Object: "share-request", Action: "extension",
		Next: "由主管部门决定是否同意延期，只能延长一次",
	})
	add(MayDecideExtension(r, actor, now), Verb{
		Key: "decide_extension", Title: "审批延期", Citation: tl, Object: "share-request", Action: "extension",
		Next: "同意的，答复期限延长一次并告知申请机构；不同意的，原期限不变",
	})
	verbs = append(verbs, clockVerbs(r, actor, now)...)
	add(MayWithdraw(r, actor), Verb{
		Key: "withdraw", Title: "撤回申请", Citation: review, Object: "share-request", Action: "withdraw",
		Next: "本事项终止；已经授予的权限不受影响",
	})
	for i := range verbs {
		v := &verbs[i]
		v.Clock = clockWords[v.Key]
		if t := casework.Find(r.Desk, stepOf(*v)); t != nil {
			v.TaskID = t.ID
		}
	}
	return append(verbs, deskVerbs(r, actor, now)...)
}

// clockWords says what each act does to the terms of the case.
var clockWords = map[string]string{
	"sign_off":         "审签期限停止；须审核的，答复期限自收到申请之日起算。退回的，审签期限继续计算",
	"revision":         "审签期限继续计算",
	"form_check":       "材料齐全的，形式审查期限停止；补正的，答复期限自材料齐全之日起重新计算",
	"supplement":       "答复期限自材料齐全之日起重新计算",
	"draft_opinion":    "不影响期限",
	"sign_opinion":     "提供机构审签后其答复期限停止；双方审签后会同审核期限停止",
	"ask_extension":    "不影响期限；主管部门同意后才延长",
	"decide_extension": "同意的，答复期限延长一次；不同意的，期限不变",
	"withdraw":         "各项期限停止",
	"suspend_clock":    "中止期间不计入期限；最迟届满日随即确定",
	"resume_clock":     "恢复计算，提前恢复的，届满日相应提前",
	"move_rules":       "各项未办结的期限按新的规则包重新计算",
}

// stepOf is the step whose task an act does.
func stepOf(v Verb) string {
	switch v.Key {
	case "draft_opinion":
		return stepOpinion + string(v.Side)
	case "sign_opinion":
		return stepSign + string(v.Side)
	case "decide_extension":
		return stepExtension
	}
	return v.Key
}

// VerbOf is the act that the task of a step waits for.
func VerbOf(step string) string {
	switch {
	case step == stepExtension:
		return "decide_extension"
	case strings.HasPrefix(step, stepOpinion):
		return "draft_opinion"
	case strings.HasPrefix(step, stepSign) && step != stepSignOff:
		return "sign_opinion"
	}
	return step
}

// deskVerbs lists what the actor may do with the people of each open task.
func deskVerbs(r Request, actor agency.Actor, now time.Time) []Verb {
	var verbs []Verb
	add := func(o casework.Order) {
		if MayOrder(r, o, actor, now, 0) == nil {
			w := orderWords[o.Verb]
			verbs = append(verbs, Verb{
				Key: string(o.Verb), Title: w.title, TaskID: o.Task, Citation: law.Measure("26"), Next: w.next,
				Clock: "不影响期限", Object: "desk", Action: o.Verb.Action(),
			})
		}
	}
	for _, t := range r.Desk {
		add(casework.Order{Verb: casework.AddSigner, Task: t.ID, Accounts: []string{"-"}})
		for _, a := range t.Assignees {
			if a.AddedBy != "" && a.State == casework.Waiting {
				add(casework.Order{Verb: casework.RemoveSigner, Task: t.ID, Accounts: []string{a.Account}})
				break
			}
		}
		add(casework.Order{Verb: casework.Transfer, Task: t.ID, Accounts: []string{"-"}})
		add(casework.Order{Verb: casework.Consult, Task: t.ID, Accounts: []string{"-"}})
		for _, c := range t.Consultations {
			add(casework.Order{Verb: casework.Advise, Task: t.ID, Consultation: c.ID})
		}
		add(casework.Order{Verb: casework.Urge, Task: t.ID})
	}
	add(casework.Order{Verb: casework.SendCopy})
	add(casework.Order{Verb: casework.Follow})
	add(casework.Order{Verb: casework.Unfollow})
	return verbs
}

func afterSignature(r Request) string {
	if len(r.UnderReview()) == 0 {
		return "审签后依法直接授予访问权限，不设审核"
	}
	return "审签后送主管部门形式审查，答复期限自收到之日起算；无条件共享和场景内的数据项直接授权"
}

func afterFormCheck(r Request) string {
	if r.Noticed {
		return "材料齐全的进入会同审核；补正告知只能发一次，已经发过"
	}
	return "材料齐全的进入会同审核；不齐全的一次性告知全部缺少的材料，不得直接拒绝"
}

func opinionVerbs(r Request, actor agency.Actor, review law.Citation) []Verb {
	var verbs []Verb
	if side := SideOf(r, actor, ""); MayDraft(r, actor, side) == nil {
		verbs = append(verbs, Verb{
			Key: "draft_opinion", Title: "拟" + SideTitle(side), Side: side, Citation: review, Object: "opinion", Action: "draft",
			Next: "送本机构负责人审签；双方均审签后形成答复",
		})
	}
	for _, o := range r.Opinions {
		if MaySign(r, actor, o.ID) == nil {
			verbs = append(verbs, Verb{
				Key: "sign_opinion", Title: "审签" + SideTitle(o.Side), OpinionID: o.ID, Side: o.Side, Citation: review,
				Object: "opinion", Action: "sign", Next: afterOpinion(r, o.Side),
			})
		}
	}
	return verbs
}

func afterOpinion(r Request, side casework.Side) string {
	other := casework.Commission
	if side == casework.Commission {
		other = casework.Provider
	}
	if o := r.live(other); o != nil && o.Status == casework.Signed {
		return "双方意见齐备，即形成答复：逐项双方同意的授权，双方依法不同意的不予共享，不一致的按分歧处理"
	}
	return "等待另一方意见；双方均审签后形成答复"
}
