package api

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/google/uuid"

	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/sharing"
	"datagov/internal/identity"
	"datagov/store"
)

type phraseView struct {
	ID    string               `json:"id"`
	Text  string               `json:"text"`
	Scope casework.PhraseScope `json:"scope" doc:"own 本人，agency 本机构"`
	Step  string               `json:"step" doc:"适用的环节；空为各环节通用"`
}

func (s *Server) registerPhrases() {
	add(s, operation{
		ID: "list-phrases", Method: http.MethodGet, Path: "/phrases", Summary: "本人和本机构的常用语", Object: "phrase", Action: "use", Article: "26",
	}, s.listPhrases)
	add(s, operation{
		ID: "add-phrase", Method: http.MethodPost, Path: "/phrases", Summary: "添加常用语", Object: "phrase", Action: "use", Article: "26",
		Status: http.StatusCreated, Body: 8 << 10,
	}, s.addPhrase)
	add(s, operation{
		ID: "remove-phrase", Method: http.MethodDelete, Path: "/phrases/{id}", Summary: "删除常用语", Object: "phrase", Action: "use", Article: "26",
		Status: http.StatusNoContent,
	}, s.removePhrase)
}

type phrasesInput struct {
	Step string `query:"step" maxLength:"40" doc:"只列适用于该环节的；不填列全部"`
}

type phrasesOutput struct {
	Body struct {
		Items []phraseView `json:"items" nullable:"false"`
	}
}

// listPhrases lists one's own phrases, then those of the agency.
func (s *Server) listPhrases(ctx context.Context, in *phrasesInput) (*phrasesOutput, error) {
	actor, out := identity.ActorOf(ctx), &phrasesOutput{}
	out.Body.Items = []phraseView{}
	for _, scope := range []casework.PhraseScope{casework.OwnPhrase, casework.AgencyPhrase} {
		rows, err := s.store.Phrases(ctx, scope, casework.PhraseOwner(actor, scope))
		if err != nil {
			return nil, err
		}
		for _, p := range rows {
			if in.Step == "" || p.Step == "" || p.Step == in.Step {
				out.Body.Items = append(out.Body.Items, phraseOf(p))
			}
		}
	}
	return out, nil
}

func phraseOf(p store.Phrase) phraseView {
	return phraseView{p.ID, p.Text, casework.PhraseScope(p.Scope), p.Step}
}

type phraseInput struct {
	Body struct {
		Text  string               `json:"text" maxLength:"2000"`
		Step  string               `json:"step,omitempty" maxLength:"40"`
		Scope casework.PhraseScope `json:"scope" enum:"own,agency"`
	}
}

type phraseOutput struct{ Body phraseView }

// addPhrase keeps a text that is written often; the same text again is the phrase that is there.
func (s *Server) addPhrase(ctx context.Context, in *phraseInput) (*phraseOutput, error) {
	text, err := casework.PhraseText(in.Body.Text)
	if err != nil {
		return nil, err
	}
	if !keepable(text) {
		return nil, fault.Form("/text", "含有不能保存的控制字符")
	}
	if in.Body.Step != "" && sharing.StepTitle(in.Body.Step) == in.Body.Step {
		return nil, fault.Form("/step", "没有这个环节")
	}
	actor := identity.ActorOf(ctx)
	if err := casework.MayWritePhrase(actor, in.Body.Scope); err != nil {
		return nil, err
	}
	p := store.Phrase{
		ID: uuid.Must(uuid.NewV7()).String(), Scope: string(in.Body.Scope), Owner: casework.PhraseOwner(actor, in.Body.Scope),
		Step: in.Body.Step, Text: text, CreatedBy: actor.Account, CreatedAt: s.Now(),
	}
	known, err := s.store.Phrases(ctx, in.Body.Scope, p.Owner)
	if err != nil {
		return nil, err
	}
	for _, k := range known {
		if k.Text == p.Text && k.Step == p.Step {
			return &phraseOutput{phraseOf(k)}, nil
		}
	}
	return &phraseOutput{phraseOf(p)}, s.retried(ctx, func(ctx context.Context, tx store.Tx) error {
		if err := s.tellPhrase(ctx, tx, p, "phrase.added", "添加常用语"); err != nil {
			return err
		}
		return tx.InsertPhrase(ctx, p)
	})
}

// removePhrase deletes a phrase of one's own, or of the agency one heads.
func (s *Server) removePhrase(ctx context.Context, in *idInput) (*struct{}, error) {
	if err := mustBeID(in.ID, "常用语"); err != nil {
		return nil, err
	}
	actor := identity.ActorOf(ctx)
	p, err := s.store.Phrase(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	scope := casework.PhraseScope(p.Scope)
	if p.Owner != casework.PhraseOwner(actor, scope) {
		return nil, fault.New(fault.NotFound, "没有找到常用语")
	}
	if err := casework.MayWritePhrase(actor, scope); err != nil {
		return nil, err
	}
	return nil, s.retried(ctx, func(ctx context.Context, tx store.Tx) error {
		if err := tx.DeletePhrase(ctx, p.ID); err != nil {
			return err
		}
		return s.tellPhrase(ctx, tx, p, "phrase.removed", "删除常用语")
	})
}

// tellPhrase writes the event into the stream of the owner; the text stays out of it.
func (s *Server) tellPhrase(ctx context.Context, tx store.Tx, p store.Phrase, name, detail string) error {
	stream := "account/" + p.Owner
	if casework.PhraseScope(p.Scope) == casework.AgencyPhrase {
		stream = "agency/" + p.Owner
	}
	body, err := json.Marshal(struct {
		Phrase string `json:"phrase"`
		Words  string `json:"words"`
	}{p.ID, digestOf(p.Text)})
	if err != nil {
		return err
	}
	return tell(ctx, tx, audit.Event{
		Stream: stream, Name: name, At: s.Now(), Citation: law.Measure("26"), Detail: detail, Body: string(body),
	}, identity.ActorOf(ctx))
}
