package sharing_test

import (
	"strings"
	"testing"

	"datagov/domain/agency"
	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/sharing"
)

// Articles 24, 26, 27: a new request waits for the head of its own agency.
func TestANewRequestWaitsForItsHead(t *testing.T) {
	t.Parallel()
	r := submitted(t, "held", "free")
	if r.Status != sharing.SignOff || r.SubmittedBy != clerk.Account || r.Requester != "civil" || r.Provider != "health" ||
		r.Commission != "commission" || !r.Government || r.Rules != "2026-11" || r.EntryID != "entry" || r.Until != "2027-06-30" {
		t.Errorf("request %+v", r)
	}
	c := r.Clock(deadline.ShareSignOff)
	if len(r.Clocks) != 1 || c == nil || !c.Running() || !r.Due().Equal(c.DueAt) {
		t.Errorf("clocks %+v, due %s", r.Clocks, r.Due())
	}
	if r.Stream() != "share-request/case" {
		t.Errorf("stream %s", r.Stream())
	}
}

func TestAFileWithFaultsIsRefusedAndAllAreNamed(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		spoil  func(f *sharing.File)
		fields []string
	}{
		{"blank purpose", func(f *sharing.File) { f.Purpose = " " }, []string{"/purpose"}},
		{"blank basis", func(f *sharing.File) { f.Basis = "" }, []string{"/basis"}},
		{"blank system", func(f *sharing.File) { f.System = "" }, []string{"/system"}},
		{"purpose without end", func(f *sharing.File) { f.Purpose = strings.Repeat("长", 2001) }, []string{"/purpose"}},
		{"until in the past", func(f *sharing.File) { f.Until = "2026-11-22" }, []string{"/until"}},
		{"until today", func(f *sharing.File) { f.Until = "2026-11-23" }, []string{"/until"}},
		{"until beyond a year", func(f *sharing.File) { f.Until = "2027-11-24" }, []string{"/until"}},
		{"until is no date", func(f *sharing.File) { f.Until = "2027-02-30" }, []string{"/until"}},
		{"unknown mode", func(f *sharing.File) { f.Mode = "fax" }, []string{"/mode"}},
		{"everything", func(f *sharing.File) { *f = sharing.File{EntryID: "entry"} }, []string{"/purpose", "/basis", "/system", "/until", "/mode"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := submission("held")
			tt.spoil(&s.File)
			_, _, _, err := sharing.Submit(s, pack())
			refused(t, err, fault.Invalid)
			f := fault.As(err)
			if f == nil || len(f.Fields) != len(tt.fields) {
				t.Fatalf("fault %+v, want fields %v", f, tt.fields)
			}
			for i, want := range tt.fields {
				if f.Fields[i].Pointer != want || f.Fields[i].Text == "" {
					t.Errorf("field %d = %+v, want %s", i, f.Fields[i], want)
				}
			}
		})
	}
}

func TestAWholeYearOfUseIsTheMost(t *testing.T) {
	t.Parallel()
	f := file("held")
	f.Until = "2027-11-23"
	if err := f.Check("2026-11-23"); err != nil {
		t.Error(err)
	}
}

func TestAMachineCannotApply(t *testing.T) {
	t.Parallel()
	s := submission("held")
	s.By = agency.SystemActor("import")
	_, _, _, err := sharing.Submit(s, pack())
	refused(t, err, fault.Barred)
}

func TestARequestNeedsItsTerm(t *testing.T) {
	t.Parallel()
	p := pack()
	p.Terms = nil
	if _, _, _, err := sharing.Submit(submission("held"), p); err == nil || fault.As(err) != nil {
		t.Errorf("a pack without terms: %v, want trouble", err)
	}
}

// The text is silent on who reviews the commission's own request: 本区设定.
func TestTheCommissionsOwnRequestGoesToItsSubstitute(t *testing.T) {
	t.Parallel()
	seating := sharing.Seating{Commission: "commission", Substitute: "office"}
	for requester, want := range map[agency.ID]agency.ID{"civil": "commission", "office": "commission", "commission": "office"} {
		if got, err := seating.For(requester); err != nil || got != want {
			t.Errorf("%s asks: %s, %v", requester, got, err)
		}
	}
	for _, s := range []sharing.Seating{{Commission: "commission"}, {Commission: "commission", Substitute: "commission"}} {
		_, err := s.For("commission")
		refused(t, err, fault.Conflict)
	}
}

func TestAMendedFileIsJudgedOnItsNewWords(t *testing.T) {
	t.Parallel()
	r := submitted(t)
	words := sharing.FileWords{Purpose: "新用途", Basis: "依据", System: "系统"}
	if err := sharing.MendedFile(r, sharing.RequestResponse, words, "2026-11-23"); err != nil {
		t.Error(err)
	}
	r.Until = "2026-11-20"
	refused(t, sharing.MendedFile(r, sharing.RequestResponse, words, "2026-11-23"), fault.Invalid)
	words.Until = "2026-12-31"
	if err := sharing.MendedFile(r, sharing.RequestResponse, words, "2026-11-23"); err != nil {
		t.Error(err)
	}
	words.System = ""
	refused(t, sharing.MendedFile(r, sharing.RequestResponse, words, "2026-11-23"), fault.Invalid)
}
