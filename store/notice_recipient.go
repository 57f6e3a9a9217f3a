package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"datagov/domain/agency"
	"datagov/domain/notice"
)

// Recipient is an active account with the channels its person chose.
type Recipient struct {
	Account  string
	Channels []notice.Channel
}

type recipientRow struct {
	ID       string `bun:"id"`
	Channels string `bun:"channels"`
}

type settingRow struct {
	bun.BaseModel `bun:"table:notice_setting"`

	AccountID string    `bun:"account_id,pk"`
	Email     string    `bun:"email"`
	Channels  string    `bun:"channels"`
	UpdatedAt time.Time `bun:"updated_at"`
}

// RecipientsOfTask lists who hears of a task: those it was given to who have
// not acted yet, by ID.
func (r Reader) RecipientsOfTask(ctx context.Context, t Task) ([]Recipient, error) {
	return r.recipients(ctx, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Join("JOIN task_assignee AS s2 ON s2.account_id = a.id AND s2.is_open").Where("s2.task_id = ?", t.ID)
	})
}

// RecipientsOfSeat lists the active holders of a role in an agency, by ID.
func (r Reader) RecipientsOfSeat(ctx context.Context, of agency.ID, role agency.Role) ([]Recipient, error) {
	domain := string(of)
	if role.District() {
		domain = "*"
	}
	return r.recipients(ctx, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Join("JOIN role_assignment AS ra ON ra.account_id = a.id").
			Where("a.agency_id = ?", string(of)).Where("ra.role = ?", string(role)).Where("ra.domain = ?", domain)
	})
}

// RecipientsOf lists those of the accounts that are active, by ID.
func (r Reader) RecipientsOf(ctx context.Context, accounts []string) ([]Recipient, error) {
	accounts = slices.DeleteFunc(slices.Clone(accounts), func(id string) bool { return id == "" })
	if len(accounts) == 0 {
		return nil, nil
	}
	return r.recipients(ctx, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("a.id IN (?)", bun.List(accounts)) })
}

func (r Reader) recipients(ctx context.Context, narrow func(*bun.SelectQuery) *bun.SelectQuery) ([]Recipient, error) {
	var rows []recipientRow
	q := r.db.NewSelect().TableExpr("account AS a").ColumnExpr("a.id AS id, coalesce(s.channels, '[]') AS channels").
		Join("LEFT JOIN notice_setting AS s ON s.account_id = a.id").Where("a.active").OrderExpr("a.id")
	if err := narrow(q).Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("read recipients: %w", err)
	}
	list := make([]Recipient, 0, len(rows))
	for _, row := range rows {
		channels, err := decode[notice.Channel](row.Channels)
		if err != nil {
			return nil, err
		}
		list = append(list, Recipient{row.ID, channels})
	}
	return list, nil
}

// NoticeSetting reads what a person chose; the zero setting when nothing.
func (r Reader) NoticeSetting(ctx context.Context, account string) (notice.Setting, error) {
	var rows []settingRow
	if err := r.db.NewSelect().Model(&rows).Where("account_id = ?", account).Scan(ctx); err != nil {
		return notice.Setting{}, fmt.Errorf("read notice setting: %w", err)
	}
	if len(rows) == 0 {
		return notice.Setting{Channels: []notice.Channel{}}, nil
	}
	channels, err := decode[notice.Channel](rows[0].Channels)
	return notice.Setting{Email: rows[0].Email, Channels: channels}, err
}

// PutNoticeSetting stores what a person chose.
func (tx Tx) PutNoticeSetting(ctx context.Context, account string, s notice.Setting, at time.Time) error {
	row := settingRow{AccountID: account, Email: strings.TrimSpace(s.Email), Channels: encode(s.Channels), UpdatedAt: instant(at)}
	_, err := tx.db.NewInsert().Model(&row).On("CONFLICT (account_id) DO UPDATE").Set("email = EXCLUDED.email").
		Set("channels = EXCLUDED.channels").Set("updated_at = EXCLUDED.updated_at").Exec(ctx)
	if err != nil {
		return fmt.Errorf("store notice setting: %w", err)
	}
	return nil
}
