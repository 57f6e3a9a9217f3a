package api

import (
	"context"
	"net/http"
	"slices"

	"datagov/domain/agency"
	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/internal/identity"
	"datagov/store"
)

type seatView struct {
	Step     string       `json:"step"`
	Title    string       `json:"title"`
	Role     string       `json:"role"`
	Signed   bool         `json:"signed" doc:"是审签环节，可以会签、依次签"`
	Mode     string       `json:"mode"`
	Accounts []personView `json:"accounts" nullable:"false" doc:"指定的人员，按签署先后；空为全体担任该岗位的人员"`
	Superior *personView  `json:"superior"`
	Holders  []personView `json:"holders" nullable:"false"`
}

func (s *Server) registerSeats() {
	add(s, operation{
		ID: "list-seats", Method: http.MethodGet, Path: "/seats", Summary: "本机构各环节的岗位设置", Object: "seat", Action: "read", Article: "26",
	}, s.listSeats)
	add(s, operation{
		ID: "set-seat", Method: http.MethodPut, Path: "/seats/{step}", Summary: "设置一个环节的岗位", Object: "seat", Action: "set", Article: "26",
	}, s.setSeat)
}

type seatsOutput struct {
	Body struct {
		Items []seatView `json:"items" nullable:"false"`
	}
}

// listSeats lists the steps at which the caller's agency can have a seat, with
// what each is set to. Open tasks keep the people they were given to.
func (s *Server) listSeats(ctx context.Context, _ *struct{}) (*seatsOutput, error) {
	actor := identity.ActorOf(ctx)
	settings, err := s.store.SeatSettings(ctx, actor.Agency)
	if err != nil {
		return nil, err
	}
	district, err := s.store.District(ctx)
	if err != nil {
		return nil, err
	}
	out := &seatsOutput{}
	out.Body.Items = []seatView{}
	for _, seat := range sharing.SeatsOf(district.Seating().Holds(actor.Agency)) {
		v, err := s.seatOf(ctx, actor.Agency, seat, settings)
		if err != nil {
			return nil, err
		}
		out.Body.Items = append(out.Body.Items, v)
	}
	return out, nil
}

func (s *Server) seatOf(ctx context.Context, of agency.ID, seat casework.Seat, settings []store.SeatSetting) (seatView, error) {
	v := seatView{Step: seat.Step, Title: sharing.StepTitle(seat.Step), Role: string(seat.Role), Signed: seat.Signed, Mode: string(casework.AnyOne)}
	holders, err := s.store.Holders(ctx, of, sharing.SeatRoles(seat.Step, seat.Role)...)
	if err != nil {
		return v, err
	}
	if v.Holders, err = s.named(ctx, holders); err != nil {
		return v, err
	}
	v.Accounts = []personView{}
	i := slices.IndexFunc(settings, func(row store.SeatSetting) bool { return row.Step == seat.Step })
	if i < 0 {
		return v, nil
	}
	v.Mode = settings[i].Mode
	accounts, err := store.Strings(settings[i].Accounts)
	if err != nil {
		return v, err
	}
	if v.Accounts, err = s.named(ctx, accounts); err != nil || settings[i].SuperiorID == "" {
		return v, err
	}
	superior, err := s.named(ctx, []string{settings[i].SuperiorID})
	if len(superior) == 1 {
		v.Superior = &superior[0]
	}
	return v, err
}

func (s *Server) named(ctx context.Context, accounts []string) ([]personView, error) {
	people, err := s.store.Actors(ctx, accounts)
	if err != nil {
		return nil, err
	}
	return s.personViews(ctx, people)
}

type seatInput struct {
	Step string `path:"step" maxLength:"64"`
	Body struct {
		Mode       string   `json:"mode" enum:"any,all,sequence" doc:"any 或签，all 会签，sequence 依次"`
		AccountIDs []string `json:"accountIds" maxItems:"50" uniqueItems:"true" nullable:"false"`
		SuperiorID string   `json:"superiorId,omitempty" maxLength:"64"`
	}
}

type seatOutput struct{ Body seatView }

// setSeat sets a seat of the caller's agency; only holders of its role may sit
// there, and only seats of signatures take more than one person.
func (s *Server) setSeat(ctx context.Context, in *seatInput) (*seatOutput, error) {
	actor := identity.ActorOf(ctx)
	district, err := s.store.District(ctx)
	if err != nil {
		return nil, err
	}
	seats := sharing.SeatsOf(district.Seating().Holds(actor.Agency))
	i := slices.IndexFunc(seats, func(seat casework.Seat) bool { return seat.Step == in.Step })
	if i < 0 {
		return nil, fault.New(fault.NotFound, "本机构没有这个环节")
	}
	row := store.SeatSetting{
		AgencyID: string(actor.Agency), Step: in.Step, Mode: in.Body.Mode, Accounts: store.EncodeStrings(in.Body.AccountIDs),
		SuperiorID: in.Body.SuperiorID, UpdatedAt: s.Now(),
	}
	err = s.store.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
		if err := checkSeat(ctx, tx, actor.Agency, seats[i], in); err != nil {
			return err
		}
		if err := tx.PutSeatSetting(ctx, row); err != nil {
			return err
		}
		return tx.AppendEvents(ctx, []audit.Event{{
			Stream: "seat/" + row.AgencyID + "/" + row.Step, Name: "seat.set", At: row.UpdatedAt, Citation: law.Measure("26"), Body: "{}",
			Detail: "设置“" + sharing.StepTitle(in.Step) + "”的岗位；已经派出的待办不变",
			Actor:  agency.Actor{Kind: actor.Kind, Account: actor.Account, Agency: actor.Agency, Principal: actor.Principal},
		}})
	})
	if err != nil {
		return nil, err
	}
	v, err := s.seatOf(ctx, actor.Agency, seats[i], []store.SeatSetting{row})
	return &seatOutput{v}, err
}

func checkSeat(ctx context.Context, tx store.Tx, of agency.ID, seat casework.Seat, in *seatInput) error {
	if !seat.Signed && in.Body.Mode != string(casework.AnyOne) {
		return fault.Form("/mode", "只有审签环节可以会签或者依次签")
	}
	holders, err := tx.Holders(ctx, of, sharing.SeatRoles(seat.Step, seat.Role)...)
	if err != nil {
		return err
	}
	for _, account := range in.Body.AccountIDs {
		if !slices.Contains(holders, account) {
			return fault.Form("/accountIds", "所选人员没有担任本环节的岗位")
		}
	}
	if in.Body.SuperiorID == "" {
		return nil
	}
	superior, err := tx.Actors(ctx, []string{in.Body.SuperiorID})
	if err == nil && (len(superior) == 0 || superior[0].Agency != of) {
		err = fault.Form("/superiorId", "上级须是本机构在岗的人员")
	}
	return err
}
