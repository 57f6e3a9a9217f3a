package api

import (
	"context"
	"slices"

	"datagov/domain/casework"
	"datagov/domain/sharing"
	"datagov/store"
)

// waiting says on whom the case waits, for what and until when.
func (m *material) waiting(ctx context.Context) ([]waitingView, error) {
	tasks, err := m.server.store.OpenTasks(ctx, m.r.ID)
	if err != nil {
		return nil, err
	}
	asked, err := m.server.store.Consultations(ctx, m.r.ID)
	if err != nil {
		return nil, err
	}
	names, err := m.server.store.AccountNames(ctx, peopleOf(m.r.Desk, asked))
	if err != nil {
		return nil, err
	}
	views := []waitingView{}
	for _, t := range m.r.Desk {
		v := waitingView{
			TaskID: t.ID, Step: t.Step, Title: sharing.StepTitle(t.Step), Agency: refView{string(t.Agency), m.agencies[string(t.Agency)]},
			Mode: string(t.Mode), Vacant: t.Vacant(), Assignees: assigneeViews(t, names), UrgedAt: moment(t.UrgedAt), Urges: t.Urges,
			Consultations: m.consultations(t.ID, asked, names),
		}
		if i := slices.IndexFunc(tasks, func(row store.Task) bool { return row.ID == t.ID }); i >= 0 {
			v.DueAt, v.LastDay = moment(tasks[i].DueAt), tasks[i].LastDay
		}
		views = append(views, v)
	}
	return views, nil
}

func peopleOf(desk []casework.Task, asked []store.Consultation) []string {
	ids := []string{}
	for _, t := range desk {
		for _, a := range t.Assignees {
			ids = append(ids, a.Account, a.ActedBy)
		}
	}
	for _, c := range asked {
		ids = append(ids, c.AskedBy, c.AccountID)
	}
	return ids
}

func assigneeViews(t casework.Task, names map[string]string) []assigneeView {
	views := []assigneeView{}
	for _, a := range t.Assignees {
		v := assigneeView{ID: a.Account, Name: names[a.Account], State: string(a.State), Added: a.AddedBy != "", At: moment(a.At)}
		if a.ActedBy != a.Account {
			v.By = names[a.ActedBy]
		}
		views = append(views, v)
	}
	return views
}

// consultations shows advice to the side that asked for it; it is the office's own.
func (m *material) consultations(task string, asked []store.Consultation, names map[string]string) []consultationView {
	views := []consultationView{}
	t := casework.FindID(m.r.Desk, task)
	for _, c := range asked {
		if c.TaskID == task && m.actor.Agency == t.Agency {
			views = append(views, consultationView{
				c.ID, names[c.AskedBy], c.AccountID, names[c.AccountID], c.Question, c.Advice, c.AskedAt.UTC(), moment(c.AnsweredAt),
			})
		}
	}
	return views
}

// followed says whether this person watches the case.
func (m *material) followed(ctx context.Context) (bool, error) {
	followers, err := m.server.store.Followers(ctx, m.r.ID)
	return slices.Contains(followers, m.actor.Account), err
}
