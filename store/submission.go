package store

import (
	"context"
	"time"

	"datagov/domain/agency"
	"datagov/domain/sharing"
)

// Submission gathers what a new request is made from. NotFound for an unknown
// entry or scenario. The API uses it too, to refuse before anything is written.
func (r Reader) Submission(ctx context.Context, id string, by agency.Actor, file sharing.File, at time.Time) (sharing.Submission, Scenario, error) {
	entry, err := r.Entry(ctx, file.EntryID)
	if err != nil {
		return sharing.Submission{}, Scenario{}, err
	}
	district, err := r.District(ctx)
	if err != nil {
		return sharing.Submission{}, Scenario{}, err
	}
	s := sharing.Submission{ID: id, Entry: entry, File: file, Requester: by.Agency, By: by, At: at}
	if s.Commission, err = district.Seating().For(by.Agency); err != nil {
		return sharing.Submission{}, Scenario{}, err
	}
	if file.ScenarioID == "" {
		return s, Scenario{}, nil
	}
	row, err := r.Scenario(ctx, file.ScenarioID)
	if err != nil {
		return sharing.Submission{}, Scenario{}, err
	}
	scenario, err := row.Rules()
	s.Scenario = &scenario
	return s, row, err
}
