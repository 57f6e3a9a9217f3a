package workflows

import (
	"time"

	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/domain/workday"
)

// The rules of the share request's updates, as their validators ask them.

func maySignOff(r sharing.Request, in Act, _ time.Time) error { return sharing.MaySignOff(r, in.Actor) }

func mayCheckForm(r sharing.Request, in Act, _ time.Time) error {
	if in.Outcome == "supplement" {
		return sharing.MayNotify(r, in.Actor)
	}
	return sharing.MayCheckForm(r, in.Actor)
}

// mayDraft lets no refusal pass that has no reason or no valid ground. Article 25.
func mayDraft(r sharing.Request, in Act, now time.Time) error {
	if in.Draft == nil {
		return fault.Law("没有法律、法规、规章依据，不得拒绝其他机构提出的共享要求", law.Measure("25"))
	}
	if err := in.Draft.CheckForm(r); err != nil {
		return err
	}
	return in.Draft.MayWrite(r, in.Actor, workday.DayOf(now), nil)
}

func mayExtend(r sharing.Request, in Act, now time.Time) error {
	if in.Outcome == "ask" {
		return sharing.MayAskExtension(r, in.Actor, now)
	}
	return sharing.MayDecideExtension(r, in.Actor, now)
}

func maySuspend(r sharing.Request, in Act, now time.Time) error {
	if in.Outcome == "resume" {
		return sharing.MayResume(r, in.Actor, now)
	}
	return sharing.MaySuspend(r, in.Actor, now)
}
