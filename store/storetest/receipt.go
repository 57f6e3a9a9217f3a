package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"datagov/domain/casework"
	"datagov/domain/sharing"
	"datagov/store"
)

func keepsMaterial(t *testing.T, r record) {
	t.Helper()
	made := r.insert("case")
	judged, err := r.Judged(t.Context(), made)
	r.must(err)
	m := judged.Material()
	for range 2 { // its content is its address: written once
		r.write(func(ctx context.Context, tx store.Tx) error { return tx.KeepMaterial(ctx, "case", m, at) })
	}
	got, ok, err := r.Material(t.Context(), "case", m.Digest())
	if diff := cmp.Diff(m, got); err != nil || !ok || diff != "" || got.Digest() != m.Digest() {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if _, ok, err := r.Material(t.Context(), "other", m.Digest()); ok || err != nil {
		t.Errorf("another case's material: %v, %v", ok, err)
	}
	r.must(r.MustBeShown(t.Context(), "case", "", m))
	r.must(r.MustBeShown(t.Context(), "case", m.Digest(), m))
	if r.MustBeShown(t.Context(), "case", m.Digest(), m[1:]) == nil {
		t.Error("somebody who was shown something else may act")
	}
	r.draft("p", "case", casework.Provider, casework.Agree)
	r.write(func(ctx context.Context, tx store.Tx) error {
		return tx.KeepOpinionMaterial(ctx, store.OpinionMaterial{OpinionID: "p", Moment: store.OnDraft, CaseID: "case", Digest: m.Digest()})
	})
	r.must(r.MustBeFresh(t.Context(), "case", "p", m))
	if r.MustBeFresh(t.Context(), "case", "p", m[1:]) == nil {
		t.Error("a stale draft may be signed")
	}
	for _, table := range []struct{ name, column string }{{"case_material", "body"}, {"case_version", "body"}, {"opinion_material", "digest"}} {
		r.refuses("change "+table.name, "UPDATE "+table.name+" SET "+table.column+" = 'x'")
		r.refuses("delete from "+table.name, "DELETE FROM "+table.name)
		r.refuses("write "+table.name+" again", "INSERT INTO "+table.name+" SELECT * FROM "+table.name)
	}
	r.refuses("sign on material that is not on record", "INSERT INTO opinion_material (opinion_id, moment, case_id, digest) VALUES ('p', 'signed', 'case', 'x')")
}

func keepsVersions(t *testing.T, r record) {
	t.Helper()
	made := r.insert("case")
	later := made
	later.Request = made.Clone()
	later.Status, later.Words.Purpose = sharing.FormCheck, "另一用途"
	hour := at.Add(time.Hour)
	r.write(func(ctx context.Context, tx store.Tx) error {
		return tx.SaveShareRequest(ctx, made.Request, &later, hour)
	})
	versions, err := r.CaseVersions(t.Context(), "case", 0, 9)
	if err != nil || len(versions) != 2 || versions[1].Version != 2 || !versions[1].At.Equal(hour.Truncate(time.Microsecond)) {
		t.Fatalf("versions %+v, %v", versions, err)
	}
	for _, c := range []struct {
		at   time.Time
		want store.ShareRequest
	}{{at.Truncate(time.Microsecond), made}, {hour.Add(-time.Second), made}, {hour, later}, {hour.AddDate(9, 0, 0), later}} {
		v, err := r.CaseVersionAt(t.Context(), "case", c.at)
		r.must(err)
		got, err := v.ShareRequest()
		if err != nil || got.Version != c.want.Version || got.Status != c.want.Status || got.Words.Purpose != c.want.Words.Purpose ||
			len(got.Clocks) != len(c.want.Clocks) || !got.Clocks[0].DueAt.Equal(c.want.Clocks[0].DueAt) {
			t.Errorf("at %s: %+v, %v", c.at, got, err)
		}
	}
	_, err = r.CaseVersionAt(t.Context(), "case", at.Add(-time.Second))
	missing(t, "a case before it was opened", err)
	_, err = r.CaseVersion(t.Context(), "case", 3)
	missing(t, "a version there is not", err)
	now, err := r.ShareRequest(t.Context(), "case")
	r.must(err)
	v, err := r.CaseVersion(t.Context(), "case", 2)
	r.must(err)
	then, err := v.ShareRequest()
	if diff := cmp.Diff(now, then, cmpopts.EquateApproxTime(time.Microsecond), cmpopts.EquateEmpty()); err != nil || diff != "" {
		t.Errorf("the newest version is not the case (-case +version), %v:\n%s", err, diff)
	}
}
