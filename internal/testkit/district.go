package testkit

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"datagov/domain/agency"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/domain/workday"
	"datagov/store"
)

// The people of the small district: civil asks, health provides, the
// commission leads, and tax has no seat. Account IDs are the names.
var (
	Clerk             = person("civil-1", "civil", agency.Clerk)
	Head              = person("civil-2", "civil", agency.Head)
	Provider          = person("health-1", "health", agency.Clerk)
	ProviderHead      = person("health-2", "health", agency.Head)
	CommissionOfficer = person("commission-1", "commission", agency.CommissionOfficer)
	CommissionHead    = person("commission-2", "commission", agency.CommissionHead)
	Stranger          = person("tax-1", "tax", agency.Clerk)
)

// Identifiers of what [Fill] puts on record. The entry is health's and has an
// item of each sharing type and two authorized ones; the scenario covers
// [ItemCovered] for civil.
const (
	EntryID    = "entry-health"
	ScenarioID = "scenario-aid"

	ItemFree         = "item-free"
	ItemHeld         = "item-held"
	ItemCovered      = "item-covered"
	ItemBarred       = "item-barred"
	ItemUnclassified = "item-unclassified"
)

func person(account string, of agency.ID, role agency.Role) agency.Actor {
	return agency.Actor{Kind: agency.Human, Account: account, Agency: of, Roles: []agency.Role{role}}
}

// People lists everybody [Fill] gives an account.
func People() []agency.Actor {
	return []agency.Actor{Clerk, Head, Provider, ProviderHead, CommissionOfficer, CommissionHead, Stranger}
}

// Statute is a claim that every rule accepts as a ground.
func Statute() law.Claim {
	return law.Claim{
		Level: "法律", Title: "中华人民共和国统计法", Article: "第二十八条", Quote: "应当予以保密。", InForceOn: "1984-01-01",
	}
}

// Fill puts a small district on an empty, migrated record.
func Fill(t testing.TB, s *store.Store, at time.Time) {
	t.Helper()
	err := s.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
		for _, a := range []agency.Agency{
			{ID: "civil", Name: "区民政局", Kind: agency.Government},
			{ID: "health", Name: "区卫生健康委", Kind: agency.Government},
			{ID: "commission", Name: "区信息委", Kind: agency.Government},
			{ID: "office", Name: "区政府办公室", Kind: agency.Government},
			{ID: "tax", Name: "区税务局", Kind: agency.ByReference},
		} {
			if err := tx.PutAgency(ctx, a); err != nil {
				return err
			}
		}
		if err := tx.InsertDistrict(ctx, store.District{Name: "示例区", CommissionID: "commission", SubstituteID: "office"}); err != nil {
			return err
		}
		if err := fillAccounts(ctx, tx, at); err != nil {
			return err
		}
		entry, items := Entry(EntryID, at)
		if err := tx.InsertEntry(ctx, entry, items); err != nil {
			return err
		}
		return tx.InsertScenario(ctx, store.Scenario{
			ID: ScenarioID, Version: 3, Name: "社会救助核对", Domain: "社会救助", Application: "救助一件事", Purpose: "场景用途",
			EntryID: EntryID, Items: store.EncodeStrings([]string{ItemCovered}), Agencies: store.EncodeStrings([]string{"civil"}),
			Active: true, Until: "2099-12-31",
		})
	})
	if err != nil {
		t.Fatalf("fill record: %v", err)
	}
}

func fillAccounts(ctx context.Context, tx store.Tx, at time.Time) error {
	for _, p := range People() {
		row := store.Account{ID: p.Account, Username: p.Account, Name: p.Account, AgencyID: string(p.Agency), Active: true, CreatedAt: at}
		if err := tx.InsertAccount(ctx, row); err != nil {
			return err
		}
		for _, role := range p.Roles {
			domain := string(p.Agency)
			if role.District() {
				domain = "*"
			}
			if err := tx.AssignRole(ctx, store.RoleAssignment{AccountID: p.Account, Role: string(role), Domain: domain}); err != nil {
				return err
			}
		}
	}
	return nil
}

// Entry builds an entry of the health agency with its five items. Only
// [EntryID] has the plain item names; another entry's begin with its ID.
func Entry(id string, at time.Time) (store.CatalogEntry, []store.CatalogItem) {
	grounds := store.EncodeClaims([]law.Claim{Statute()})
	entry := store.CatalogEntry{
		ID: id, Version: 1, Code: "code-" + id, Name: "居民健康档案", Summary: "摘要", AgencyID: "health", Sharing: "authorized",
		Open: "not_open", Level: "L3", UpdateCycle: "每日", Format: "数据库", Reason: "个人信息", Grounds: grounds, Secrecy: "非涉密", UpdatedAt: at,
	}
	prefix := id + "/"
	if id == EntryID {
		prefix = ""
	}
	items := []store.CatalogItem{
		{ID: ItemFree, Name: "机构名称", Sharing: "unconditional"},
		{ID: ItemHeld, Name: "姓名", Sharing: "authorized"},
		{ID: ItemCovered, Name: "救助标识", Sharing: "authorized"},
		{ID: ItemBarred, Name: "统计明细", Sharing: "not_shared", Reason: "统计秘密", Grounds: grounds},
		{ID: ItemUnclassified, Name: "备注", Sharing: "unclassified"},
	}
	for i := range items {
		items[i].ID, items[i].EntryID, items[i].Position = prefix+items[i].ID, id, i
		items[i].DataType, items[i].Level = "字符型", "L2"
		if items[i].Grounds == "" {
			items[i].Grounds = "[]"
		}
	}
	return entry, items
}

// Command builds what the API stores for an act before the engine hears of it.
func Command(id, caseID string, by agency.Actor, words any, at time.Time) store.Command {
	body, err := json.Marshal(words)
	if err != nil {
		body = []byte("{}")
	}
	return store.Command{
		ID: id, AccountID: by.Account, Operation: "act", KeyDigest: "key/" + id, CaseID: caseID,
		BodyHash: "hash/" + id, Body: string(body), CreatedAt: at,
	}
}

// Opening is a case that [Open] puts on record.
type Opening struct {
	ID, Title string
	Items     []string
	Until     workday.Day // the last day of use
}

// Open puts a case of the civil affairs clerk on record. No workflow carries it
// and nobody is seated.
func Open(ctx context.Context, tx store.Tx, o Opening, at time.Time) (store.ShareRequest, error) {
	file := sharing.File{
		EntryID: EntryID, Items: o.Items, Purpose: "用途", Basis: "依据", System: "系统", Mode: sharing.RequestResponse, Until: string(o.Until),
	}
	s, _, err := tx.Submission(ctx, o.ID, Clerk, file, at)
	if err != nil {
		return store.ShareRequest{}, err
	}
	pack, err := tx.Pack(ctx, "2026-11")
	if err != nil {
		return store.ShareRequest{}, err
	}
	request, routed, _, err := sharing.Submit(s, pack)
	if err != nil {
		return store.ShareRequest{}, err
	}
	made := store.ShareRequest{Request: request, Words: store.Words{
		Title: o.Title, Purpose: "用途", Basis: "依据", System: "系统", Mode: sharing.RequestResponse, EntryVersion: 1, Missing: []string{},
	}}
	err = tx.InsertShareRequest(ctx, &made, routed, at)
	return made, err
}
