package workflows

import "go.temporal.io/sdk/workflow"

// Named versions of the procedures. A case that runs keeps the version it began
// under to its end; only a new case takes the newest. What must change for
// running cases as well changes in the record's rules, which no version binds.
//
// A version is needed when a run would do something else in the same place:
// another activity, timer or child, or the same in another order (TestReplay
// then fails). A new update, a new field of an argument and a new rule need none.
//
// To change a procedure: add a name with one sentence at the end of its block
// and point the newest at it; branch with c.version >= thatName where it
// differs; record new histories under a new name (recordedBy in
// tests/histories_test.go) and leave the old ones; take the old branch away
// when no case is left under it. Names keep their numbers for ever.

// The versions of the share request.
const (
	shareRequestReleased = workflow.DefaultVersion // as first released; its histories are named v1

	shareRequestNewest = shareRequestReleased
)

// The versions of the grant.
const (
	grantReleased = workflow.DefaultVersion // as first released; its histories are named v1

	grantNewest = grantReleased
)

// Began says which version of a procedure this run is under, and with the
// first call in a new run decides it. As long as a procedure has never changed
// nothing is written to the history.
func Began(ctx workflow.Context, procedure string, newest workflow.Version) workflow.Version {
	if newest == workflow.DefaultVersion {
		return newest
	}
	return workflow.GetVersion(ctx, procedure, workflow.DefaultVersion, newest)
}
