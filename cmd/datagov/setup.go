package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/google/uuid"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/law"
	"datagov/internal/config"
	"datagov/internal/identity"
	"datagov/store"
)

type setupCommand struct {
	File string `arg:"" help:"JSON 文件：name、commission、substitute、agencies、accounts。" type:"existingfile"`
}

// plan is what a new record starts with. Authorities are data: another
// district names its commission as it likes.
type plan struct {
	Name       string    `json:"name"`
	Commission agency.ID `json:"commission"`
	Substitute agency.ID `json:"substitute"`
	Agencies   []struct {
		ID   agency.ID   `json:"id"`
		Name string      `json:"name"`
		Kind agency.Kind `json:"kind"`
	} `json:"agencies"`
	Accounts []struct {
		Username string    `json:"username"`
		Name     string    `json:"name"`
		Agency   agency.ID `json:"agency"`
		Roles    []struct {
			Role   agency.Role `json:"role"`
			Domain string      `json:"domain"`
		} `json:"roles"`
	} `json:"accounts"`
}

// Run sets an empty record up, once, and prints each account's first password.
func (s setupCommand) Run(p *process, c config.Config) (err error) {
	b, err := os.ReadFile(s.File)
	if err != nil {
		return fmt.Errorf("read plan: %w", err)
	}
	wanted, err := readPlan(b)
	if err != nil {
		return fmt.Errorf("设置文件有误：%w", err)
	}
	record, err := openMigrated(p.ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, record.Close()) }()
	if _, err := record.District(p.ctx); err == nil {
		return errors.New("业务库已经设置过，没有作任何改动")
	}
	passwords := make([]string, 0, len(wanted.Accounts))
	err = record.Tx(p.ctx, func(ctx context.Context, tx store.Tx) error {
		passwords, err = wanted.write(ctx, tx, time.Now())
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "%s已设置。各账号的初始口令（只显示这一次）：\n", wanted.Name)
	for i, a := range wanted.Accounts {
		fmt.Fprintf(p.out, "  %-24s %s\n", a.Username, passwords[i])
	}
	return nil
}

// readPlan reads exactly one plan without unknown fields and checks its roles.
func readPlan(b []byte) (plan, error) {
	var w plan
	decoder := json.NewDecoder(bytes.NewReader(b))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&w); err != nil {
		return plan{}, err
	}
	agencies := map[agency.ID]bool{}
	for _, a := range w.Agencies {
		agencies[a.ID] = true
	}
	if w.Name == "" || !agencies[w.Commission] || (w.Substitute != "" && !agencies[w.Substitute]) {
		return plan{}, errors.New("须写明区名，主管部门和替代机构须在机构名录中")
	}
	for _, a := range w.Accounts {
		for _, r := range a.Roles {
			known := slices.Contains(agency.Roles(), r.Role)
			if !agencies[a.Agency] || !known || r.Role.District() != (r.Domain == "*") || (r.Domain != "*" && r.Domain != string(a.Agency)) {
				return plan{}, fmt.Errorf("账号 %s 的机构或者角色有误：经办和负责人在本机构，其他角色在全区（*）", a.Username)
			}
		}
	}
	return w, nil
}

func (w plan) write(ctx context.Context, tx store.Tx, at time.Time) ([]string, error) {
	for _, a := range w.Agencies {
		if err := tx.PutAgency(ctx, agency.Agency{ID: a.ID, Name: a.Name, Kind: a.Kind}); err != nil {
			return nil, err
		}
	}
	err := tx.InsertDistrict(ctx, store.District{Name: w.Name, CommissionID: string(w.Commission), SubstituteID: string(w.Substitute)})
	if err != nil {
		return nil, err
	}
	var passwords []string
	for _, a := range w.Accounts {
		password := rand.Text()
		hash, err := identity.HashPassword(password)
		if err != nil {
			return nil, err
		}
		row := store.Account{
			ID: uuid.Must(uuid.NewV7()).String(), Username: a.Username, Name: a.Name, AgencyID: string(a.Agency),
			PasswordHash: hash, Active: true, CreatedAt: at,
		}
		if err := tx.InsertAccount(ctx, row); err != nil {
			return nil, err
		}
		for _, r := range a.Roles {
			if err := tx.AssignRole(ctx, store.RoleAssignment{AccountID: row.ID, Role: string(r.Role), Domain: r.Domain}); err != nil {
				return nil, err
			}
		}
		created := audit.Event{
			Stream: "account/" + row.ID, Name: "account.created", At: at, Actor: agency.SystemActor("operator"),
			Citation: law.Measure("39"), Detail: "建立账号并分配角色", Body: "{}",
		}
		if err := tx.AppendEvents(ctx, []audit.Event{created}); err != nil {
			return nil, err
		}
		passwords = append(passwords, password)
	}
	return passwords, tx.AppendEvents(ctx, []audit.Event{{
		Stream: "district", Name: "district.set_up", At: at, Actor: agency.SystemActor("operator"), Citation: law.Measure("5"),
		Detail: fmt.Sprintf("设置业务库：机构 %d 个，账号 %d 个", len(w.Agencies), len(w.Accounts)), Body: "{}",
	}})
}
