package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/law"
	"datagov/domain/workday"
	"datagov/store"
)

// Password is the public password of every demo account.
const Password = "baoshan-demo"

// Seed fills an empty record with the district, in one transaction. A record
// that has a district already is left exactly as it is.
func Seed(ctx context.Context, s *store.Store, d District, hash func(string) (string, error), at time.Time) error {
	if _, err := s.District(ctx); err == nil {
		return nil
	}
	hashed, err := hash(Password)
	if err != nil {
		return err
	}
	return s.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
		for _, step := range []func(context.Context, store.Tx) error{
			d.seedAgencies,
			func(ctx context.Context, tx store.Tx) error { return d.seedAccounts(ctx, tx, hashed, at) },
			func(ctx context.Context, tx store.Tx) error { return d.seedCatalog(ctx, tx, at) },
		} {
			if err := step(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
}

func (d District) seedAgencies(ctx context.Context, tx store.Tx) error {
	for _, a := range d.Agencies {
		if err := tx.PutAgency(ctx, agency.Agency{ID: a.ID, Name: a.Name, Kind: a.Kind}); err != nil {
			return err
		}
	}
	return tx.InsertDistrict(ctx, store.District{Name: d.Name, CommissionID: "commission", SubstituteID: "government-office", Demo: true})
}

func (d District) seedAccounts(ctx context.Context, tx store.Tx, hashed string, at time.Time) error {
	for _, a := range d.Accounts {
		row := store.Account{
			ID: uuid.Must(uuid.NewV7()).String(), Username: a.Username, Name: a.Name, AgencyID: string(a.Agency),
			PasswordHash: hashed, Active: true, CreatedAt: at,
		}
		if err := tx.InsertAccount(ctx, row); err != nil {
			return err
		}
		for _, r := range a.Roles {
			if err := tx.AssignRole(ctx, store.RoleAssignment{AccountID: row.ID, Role: string(r.Role), Domain: r.Domain}); err != nil {
				return err
			}
		}
		events := []audit.Event{told("account/"+row.ID, "account.created", "39", "建立演示账号并分配角色", at)}
		if err := tx.AppendEvents(ctx, events); err != nil {
			return err
		}
	}
	return nil
}

func (d District) seedCatalog(ctx context.Context, tx store.Tx, at time.Time) error {
	for _, e := range d.Entries {
		row, items := e.rows()
		if err := tx.InsertEntry(ctx, row, items); err != nil {
			return fmt.Errorf("seed entry %s: %w", e.Code, err)
		}
	}
	for _, s := range d.Scenarios {
		eligible := make([]string, 0, len(s.Eligible))
		for _, id := range s.Eligible {
			eligible = append(eligible, string(id))
		}
		err := tx.InsertScenario(ctx, store.Scenario{
			ID: s.ID, Version: int64(s.Version), Name: s.Name, Domain: s.Domain, Application: s.Application, Purpose: s.Purpose,
			EntryID: s.Entry, Items: store.EncodeStrings(s.ItemIDs), Agencies: store.EncodeStrings(eligible), Active: true, Until: string(s.Until),
		})
		if err != nil {
			return err
		}
	}
	return tx.AppendEvents(ctx, []audit.Event{
		told(seededStream, "import.completed", "17", fmt.Sprintf("装入演示目录 %d 条、应用场景 %d 个", len(d.Entries), len(d.Scenarios)), at),
	})
}

func (e Entry) rows() (store.CatalogEntry, []store.CatalogItem) {
	row := store.CatalogEntry{
		ID: e.ID, Version: 1, Code: e.Code, Name: e.Name, Summary: e.Summary, AgencyID: string(e.Agency), Sharing: string(e.Sharing),
		Open: e.Open, Level: e.Level, UpdateCycle: e.UpdateCycle, Format: e.Format, Reason: e.Reason,
		Grounds: store.EncodeClaims(e.Grounds), Secrecy: e.Secrecy, UpdatedAt: e.UpdatedAt.Start(),
	}
	items := make([]store.CatalogItem, 0, len(e.Items))
	for n, i := range e.Items {
		reason, grounds := i.Reason, i.Grounds
		if i.Sharing == "" { // the item follows its entry
			reason, grounds = e.Reason, e.Grounds
		}
		items = append(items, store.CatalogItem{
			ID: i.ID, EntryID: e.ID, Position: n, Name: i.Name, DataType: i.DataType, Level: i.Level,
			Sharing: string(e.SharingOf(i)), Reason: reason, Grounds: store.EncodeClaims(grounds),
		})
	}
	return row, items
}

func told(stream, name, article, words string, at time.Time) audit.Event {
	return audit.Event{
		Stream: stream, Name: name, At: at, Actor: agency.SystemActor("demo"), Citation: law.Measure(article), Detail: words, Body: "{}",
	}
}

// The streams that tell how far the demo has come.
const (
	seededStream = "import/demo"
	playedStream = "import/demo-cases"
)

// Unplayed says whether the demo cases still have to be played, and the
// instant of the seeding, from which their dates are counted: a start that was
// cut off goes on with the very same acts.
func Unplayed(ctx context.Context, s *store.Store) (time.Time, bool, error) {
	seeded, err := s.Events(ctx, seededStream, 0, 1)
	if err != nil || len(seeded) == 0 {
		return time.Time{}, false, err
	}
	played, err := s.Events(ctx, playedStream, 0, 1)
	return seeded[0].At, len(played) == 0, err
}

// MarkPlayed records that every demo case has been played.
func MarkPlayed(ctx context.Context, s *store.Store, at time.Time) error {
	return s.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
		return tx.AppendEvents(ctx, []audit.Event{told(playedStream, "import.cases_played", "26", "演示事项按真实程序办理完毕", at)})
	})
}

// until is the last day of use of a case's data, counted from the day of seeding.
func (c Case) until(at time.Time) workday.Day { return workday.DayOf(at).Add(c.UntilDays) }
