package api

import (
	"context"
	"net/http"
	"time"

	"datagov/domain/law"
	"datagov/domain/workday"
)

type calendarYearView struct {
	Year   int    `json:"year"`
	Status string `json:"status" doc:"official、provisional 或者 missing"`
	Notice string `json:"notice"`
}

type districtView struct {
	Name    string `json:"name"`
	Measure struct {
		Title   string `json:"title"`
		Edition string `json:"edition"`
	} `json:"measure"`
	Commission refView            `json:"commission"`
	Demo       bool               `json:"demo"`
	Version    string             `json:"version"`
	Today      string             `json:"today"`
	Calendar   []calendarYearView `json:"calendar" nullable:"false"`
}

type lawView struct {
	Level     string  `json:"level"`
	Title     string  `json:"title"`
	DocNo     string  `json:"docNo"`
	InForceOn string  `json:"inForceOn"`
	Until     *string `json:"until"`
}

type listOutput[T any] struct {
	Body struct {
		Items []T     `json:"items" nullable:"false"`
		Next  *string `json:"next"`
	}
}

func listOf[T any](items []T, next *string) *listOutput[T] {
	out := &listOutput[T]{}
	out.Body.Items, out.Body.Next = append([]T{}, items...), next
	return out
}

func (s *Server) registerDistrict() {
	add(s, operation{ID: "get-district", Method: http.MethodGet, Path: "/district", Summary: "本区设置与日历", Public: true, Article: "5"}, s.getDistrict)
	add(s, operation{
		ID: "list-laws", Method: http.MethodGet, Path: "/laws", Summary: "法律法规库", Object: "law", Action: "read", Article: "25",
	}, s.listLaws)
	add(s, operation{
		ID: "list-agencies", Method: http.MethodGet, Path: "/agencies", Summary: "机构名录", Object: "agency", Action: "read", Article: "5",
	}, s.listAgencies)
}

type districtOutput struct{ Body districtView }

func (s *Server) getDistrict(ctx context.Context, _ *struct{}) (*districtOutput, error) {
	d, err := s.store.District(ctx)
	if err != nil {
		return nil, err
	}
	commission, err := s.store.Agency(ctx, d.Seating().Commission)
	if err != nil {
		return nil, err
	}
	years, err := s.store.CalendarYears(ctx)
	if err != nil {
		return nil, err
	}
	v := districtView{Name: d.Name, Commission: refView{string(commission.ID), commission.Name}, Demo: d.Demo, Version: s.Version}
	v.Measure.Title, v.Measure.Edition = "宝山区公共数据管理办法", law.MeasureEdition
	v.Today, v.Calendar = string(workday.DayOf(s.Now())), []calendarYearView{}
	for _, y := range years {
		v.Calendar = append(v.Calendar, calendarYearView{y.Year, y.Status, y.Notice})
	}
	return &districtOutput{v}, nil
}

type lawsInput struct {
	Paging
	Query string `query:"q" maxLength:"100"`
}

// listLaws lists texts that may be cited as grounds; others may be too.
func (s *Server) listLaws(_ context.Context, in *lawsInput) (*listOutput[lawView], error) {
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	views, started := []lawView{}, after.ID == ""
	for _, k := range law.Search(s.Library, in.Query) {
		if _, err := law.NewGround(law.Claim{Level: k.Level, Title: k.Title, Article: "1", Quote: "1", InForceOn: k.InForceOn}, workday.DayOf(s.Now()), nil); err != nil {
			continue // 规范性文件 are on file to be recognized, never to be offered
		}
		if started {
			views = append(views, lawView{k.Level, k.Title, k.DocNo, k.InForceOn, k.Until})
		}
		started = started || k.Title == after.ID
	}
	page, more := next(views[:min(len(views), in.Limit+1)], in.Limit, func(v lawView) cursor { return cursor{time.Time{}, v.Title} })
	return listOf(page, more), nil
}

type agenciesInput struct{ Paging }

func (s *Server) listAgencies(ctx context.Context, in *agenciesInput) (*listOutput[refView], error) {
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	rows, err := s.store.Agencies(ctx, after.ID, in.Limit+1)
	if err != nil {
		return nil, err
	}
	views := []refView{}
	for _, a := range rows {
		views = append(views, refView{string(a.ID), a.Name})
	}
	page, more := next(views, in.Limit, func(v refView) cursor { return cursor{time.Time{}, v.ID} })
	return listOf(page, more), nil
}
