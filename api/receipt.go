package api

import (
	"context"
	"time"

	"datagov/domain/casework"
	"datagov/domain/sharing"
	"datagov/store"
)

// CaseReceipt says of a case which material is shown, and what a return changed.
type CaseReceipt struct {
	Shown   string       `json:"shown" doc:"所示内容的摘要，办理时放在 Shown-Digest 中"`
	Changes []changeView `json:"changes" nullable:"false" doc:"退回或者补正以后重新提交时的变化"`
	AsOf    *time.Time   `json:"asOf" doc:"按过去某一时刻显示时的时刻"`
}

// OpinionReceipt says of an opinion whether what it judged has changed since.
type OpinionReceipt struct {
	Stale        bool         `json:"stale" doc:"意见作出以后，所审核的内容已经变化"`
	StaleChanges []changeView `json:"staleChanges" nullable:"false"`
}

type changeView struct {
	Title  string `json:"title"`
	Before string `json:"before"`
	After  string `json:"after"`
}

func changeViews(before, after casework.Material) []changeView {
	views := []changeView{}
	for _, c := range casework.Changes(before, after) {
		views = append(views, changeView{c.Title, c.Before, c.After})
	}
	return views
}

// receipts are the materials of one case: what is judged now, and what its
// opinions were given on.
type receipts struct {
	now      casework.Material
	opinions map[string]casework.Material // only of those that were given on other material
}

// receipts gathers what is judged now and finds the opinions that were given
// on something else.
func (s *Server) receipts(ctx context.Context, r store.ShareRequest) (receipts, error) {
	k := receipts{opinions: map[string]casework.Material{}}
	judged, err := s.store.Judged(ctx, r)
	if err != nil {
		return k, err
	}
	k.now = judged.Material()
	if len(r.Opinions) == 0 {
		return k, nil
	}
	given, err := s.store.OpinionMaterials(ctx, r.ID)
	if err != nil {
		return k, err
	}
	now := k.now.Digest()
	for _, o := range given { // drafted stands before signed, which counts
		delete(k.opinions, o.OpinionID)
		if o.Digest == now {
			continue
		}
		if k.opinions[o.OpinionID], _, err = s.store.Material(ctx, r.ID, o.Digest); err != nil {
			return k, err
		}
	}
	return k, nil
}

// of flags an opinion that was given on other material than there is now.
func (k receipts) of(o store.Opinion) OpinionReceipt {
	was, stale := k.opinions[o.ID]
	if !stale || o.Status() == casework.Returned {
		return OpinionReceipt{StaleChanges: []changeView{}}
	}
	return OpinionReceipt{true, changeViews(was, k.now)}
}

// receipt says what is shown and what changed since the file was last sent back.
func (m *material) receipt(ctx context.Context) (CaseReceipt, error) {
	v := CaseReceipt{Changes: []changeView{}, AsOf: moment(m.asOf)}
	if !m.asOf.IsZero() {
		return v, nil
	}
	v.Shown = m.receipts.now.Digest()
	if m.r.Returned || m.r.Status == sharing.Supplement || (m.r.Words.ReturnReason == "" && !m.r.Noticed) {
		return v, nil // not handed in again
	}
	digest, err := m.server.store.LastShown(ctx, m.r.Stream(), sharing.SentBack())
	if err != nil || digest == "" {
		return v, err
	}
	was, ok, err := m.server.store.Material(ctx, m.r.ID, digest)
	if err == nil && ok {
		v.Changes = changeViews(was, m.receipts.now)
	}
	return v, err
}

// mustBeShown refuses an act by somebody who was shown other material than
// there is now; a client that does not say what it showed is not asked.
func (s *Server) mustBeShown(ctx context.Context, r store.ShareRequest, digest string) error {
	if digest == "" {
		return nil
	}
	judged, err := s.store.Judged(ctx, r)
	if err != nil {
		return err
	}
	return s.store.MustBeShown(ctx, r.ID, digest, judged.Material())
}

// mustBeFresh refuses the signature under a paper that was drafted on other
// material than there is now.
func (s *Server) mustBeFresh(ctx context.Context, r store.ShareRequest, opinionID string) error {
	judged, err := s.store.Judged(ctx, r)
	if err != nil {
		return err
	}
	return s.store.MustBeFresh(ctx, r.ID, opinionID, judged.Material())
}
