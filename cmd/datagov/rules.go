package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/deadline"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/internal/config"
	"datagov/store"
)

type rulesImport struct {
	File string `arg:"" help:"规则包文件（JSON：version、adoptedOn、note、terms、items）。" type:"existingfile"`
}

// Run puts a whole rule pack on record. Cases that run keep theirs; new ones
// take it from the day of its adoption on.
func (i rulesImport) Run(p *process, c config.Config) error {
	text, err := readInput(i.File)
	if err != nil {
		return err
	}
	file, err := deadline.ParsePack(text)
	if err != nil {
		return fmt.Errorf("规则包有误：%w%s", err, pointers(err))
	}
	return onRecord(p, c, func(record *store.Store) error {
		err := record.Tx(p.ctx, func(ctx context.Context, tx store.Tx) error {
			if _, err := tx.RulePack(ctx, file.Version); err == nil {
				return fault.New(fault.Conflict, "规则包 "+file.Version+" 已在业务库中；已发布的规则包不能更改，请用新的版本")
			}
			if err := tx.InsertPack(ctx, file); err != nil {
				return err
			}
			return tx.AppendEvents(ctx, []audit.Event{adopted(file, time.Now())})
		})
		if err != nil {
			return err
		}
		fmt.Fprintf(p.out, "规则包 %s 已写入：期限 %d 条，其他规则 %d 条；自 %s 起的新事项适用，已经开始的事项不变\n",
			file.Version, len(file.Terms), len(file.Items), file.AdoptedOn)
		return nil
	})
}

func adopted(f deadline.PackFile, at time.Time) audit.Event {
	return audit.Event{
		Stream: "rule-pack/" + f.Version, Name: "rule_pack.adopted", At: at, Actor: agency.SystemActor("operator"), Citation: law.Measure("5"),
		RuleVersion: f.Version, Detail: fmt.Sprintf("导入规则包 %s：期限 %d 条，其他规则 %d 条，自 %s 起适用", f.Version, len(f.Terms), len(f.Items), f.AdoptedOn),
		Body: fmt.Sprintf(`{"version":%q,"adoptedOn":%q}`, f.Version, f.AdoptedOn),
	}
}

// pointers says where in the file a refusal points to.
func pointers(err error) string {
	f := fault.As(err)
	if f == nil || len(f.Fields) == 0 {
		return ""
	}
	places := make([]string, 0, len(f.Fields))
	for _, field := range f.Fields {
		places = append(places, field.Pointer)
	}
	return "（" + strings.Join(places, "、") + "）"
}

type rulesList struct{}

// Run lists the adopted rule packs, newest first.
func (rulesList) Run(p *process, c config.Config) error {
	return onRecord(p, c, func(record *store.Store) error {
		packs, err := record.RulePacks(p.ctx, 1000)
		if err != nil {
			return err
		}
		for _, r := range packs {
			fmt.Fprintf(p.out, "%s\t自 %s 起\t%s\n", r.Version, r.AdoptedOn, r.Note)
		}
		return nil
	})
}
