package tests

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"datagov/domain/agency"
	"datagov/internal/demo"
	"datagov/store"
)

// district is a served demo district whose every agency has the people that a
// test needs.
type district struct{ *running }

// districts are the shared ones, one for each database, started when first used.
var districts = [...]func() *district{
	sync.OnceValue(func() *district { return found(0) }),
	sync.OnceValue(func() *district { return found(1) }),
}

func found(database int) *district {
	d := databases[database]
	folder := filepath.Join(house.folder, d.name)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		house.Fatal(err)
	}
	r := serve(&house, d.place(&house, folder))
	hire(&house, r, staff)
	return &district{r}
}

// staff are people the demo district has no account for: reviewers of more
// agencies, and people with more roles than they should use at once.
var staff = []demo.Account{
	clerk("police", "public-security"), head("police-head", "public-security"),
	clerk("pension", "human-resources"), head("pension-head", "human-resources"),
	clerk("market", "market-regulation"), head("market-head", "market-regulation"),
	both("civil-both", "civil-affairs"), both("health-both", "health"),
	{Username: "commission-both", Agency: "commission", Roles: []demo.Assignment{
		{Role: agency.Clerk, Domain: "commission"},
		{Role: agency.Head, Domain: "commission"},
		{Role: agency.CommissionOfficer, Domain: demo.DistrictWide},
		{Role: agency.CommissionHead, Domain: demo.DistrictWide},
	}},
	desk("office", agency.CommissionOfficer), desk("office-head", agency.CommissionHead),
	clerk("civil-careless", "civil-affairs"), clerk("civil-stopped", "civil-affairs"),
	clerk("civil-again", "civil-affairs"),
}

func clerk(username string, of agency.ID) demo.Account {
	return demo.Account{Username: username, Agency: of, Roles: []demo.Assignment{{Role: agency.Clerk, Domain: string(of)}}}
}

func head(username string, of agency.ID) demo.Account {
	return demo.Account{Username: username, Agency: of, Roles: []demo.Assignment{{Role: agency.Head, Domain: string(of)}}}
}

func both(username string, of agency.ID) demo.Account {
	a := clerk(username, of)
	a.Roles = append(a.Roles, head(username, of).Roles...)
	return a
}

// desk is somebody at the commission's desk in the office that stands in for the commission.
func desk(username string, role agency.Role) demo.Account {
	return demo.Account{Username: username, Agency: "government-office", Roles: []demo.Assignment{{Role: role, Domain: demo.DistrictWide}}}
}

// hire adds accounts beside the running server, with the demo password, and
// waits until the server knows their roles.
func hire(t testing.TB, r *running, people []demo.Account) {
	t.Helper()
	if err := insertAccounts(r.place, people); err != nil {
		t.Fatal(err)
	}
	last := r.as(t, people[len(people)-1].Username)
	eventually(t, "the server knows the new roles", func() bool {
		var me struct{ Permissions []string }
		last.read(t, "/me").into(t, &me)
		return len(me.Permissions) > 0
	})
}

func insertAccounts(p place, people []demo.Account) (err error) {
	address := p.postgres
	if address == "" {
		address = filepath.Join(p.data, "datagov.db")
	}
	s, err := store.Open(address)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	ctx := context.Background()
	known, err := s.AccountByUsername(ctx, "civil")
	if err != nil {
		return err
	}
	return s.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
		for _, a := range people {
			row := store.Account{
				ID: uuid.NewString(), Username: a.Username, Name: a.Username, AgencyID: string(a.Agency),
				PasswordHash: known.PasswordHash, Active: true, CreatedAt: time.Now(),
			}
			if err := tx.InsertAccount(ctx, row); err != nil {
				return err
			}
			for _, role := range a.Roles {
				if err := tx.AssignRole(ctx, store.RoleAssignment{AccountID: row.ID, Role: string(role.Role), Domain: role.Domain}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// catalog is the demo district's data, by the names people know it under.
var catalog = sync.OnceValues(demo.Load)

func entry(t testing.TB, name string) demo.Entry {
	t.Helper()
	d, err := catalog()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range d.Entries {
		if e.Name == name {
			return e
		}
	}
	t.Fatalf("no entry %s", name)
	return demo.Entry{}
}

// items gives the identifiers of the named items, or of all of them.
func items(t testing.TB, e demo.Entry, names ...string) []string {
	t.Helper()
	ids := []string{}
	for _, i := range e.Items {
		if len(names) == 0 {
			ids = append(ids, i.ID)
		}
		for _, name := range names {
			if i.Name == name {
				ids = append(ids, i.ID)
			}
		}
	}
	if len(names) > 0 && len(ids) != len(names) {
		t.Fatalf("%s has not all of %v", e.Name, names)
	}
	return ids
}

// The entries the tests ask for.
const (
	births    = "出生医学证明信息"         // health, authorized, in no scenario
	clinics   = "疫苗接种门诊信息"         // health, unconditional
	pensions  = "城镇职工基本养老保险参保缴费信息" // human-resources, authorized, in the scenario
	records   = "犯罪记录核查结果信息"       // public-security, authorized with one item not shared
	reports   = "企业年度报告未公示经营数据"    // market-regulation, authorized with unconditional items
	factories = "规模以上工业企业统计报表基层资料" // statistics, not shared
)
