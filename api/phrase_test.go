package api

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"datagov/domain/agency"
	"datagov/internal/testkit"
)

func phrasesOf(t *testing.T, who agency.Actor, step string) map[string]phraseView {
	t.Helper()
	list := map[string]phraseView{}
	for _, p := range read[struct{ Items []phraseView }](t, who, "/phrases?step="+step).Items {
		list[p.Text] = p
	}
	return list
}

func TestPhrasesBelongToAPersonOrAnAgency(t *testing.T) {
	t.Parallel()
	add := func(who agency.Actor, text, step, scope string, status int) (p phraseView) {
		t.Helper()
		b := sent(t, who, http.MethodPost, "/phrases", map[string]string{"text": text, "step": step, "scope": scope}, status)
		if err := json.Unmarshal(b, &p); err != nil {
			t.Fatal(err)
		}
		return p
	}
	own := add(testkit.Clerk, " 材料齐全，符合规定 ", "form_check", "own", http.StatusCreated)
	if again := add(testkit.Clerk, "材料齐全，符合规定", "form_check", "own", http.StatusCreated); again.ID != own.ID {
		t.Error("the same phrase was kept twice")
	}
	shared := add(testkit.Head, "请按规定办理", "", "agency", http.StatusCreated)
	add(testkit.CommissionHead, "同意", "sign_commission", "agency", http.StatusCreated)
	add(testkit.Clerk, "请按规定办理", "", "agency", http.StatusForbidden)
	for _, bad := range []string{"", " ", strings.Repeat("长", 501), "a\x00", "a\u202eb"} {
		add(testkit.Clerk, bad, "", "own", http.StatusUnprocessableEntity)
	}
	add(testkit.Clerk, "x", "nowhere", "own", http.StatusUnprocessableEntity)
	add(testkit.Clerk, "x", "", "district", http.StatusUnprocessableEntity)

	if list := phrasesOf(t, testkit.Clerk, ""); len(list) != 2 || list["材料齐全，符合规定"].Scope != "own" || list["请按规定办理"].Scope != "agency" {
		t.Errorf("the clerk is offered %v", list)
	}
	if list := phrasesOf(t, testkit.Clerk, "sign_off"); len(list) != 1 {
		t.Errorf("at the sign-off the clerk is offered %v", list)
	}
	if list := phrasesOf(t, testkit.Provider, ""); len(list) != 0 {
		t.Errorf("another agency is offered %v", list)
	}
	sent(t, testkit.Provider, http.MethodDelete, "/phrases/"+own.ID, nil, http.StatusNotFound)
	sent(t, testkit.Head, http.MethodDelete, "/phrases/"+own.ID, nil, http.StatusNotFound)
	sent(t, testkit.Clerk, http.MethodDelete, "/phrases/"+shared.ID, nil, http.StatusForbidden)
	sent(t, testkit.Clerk, http.MethodDelete, "/phrases/x", nil, http.StatusNotFound)
	sent(t, testkit.Head, http.MethodDelete, "/phrases/"+shared.ID, nil, http.StatusNoContent)
	sent(t, testkit.Clerk, http.MethodDelete, "/phrases/"+own.ID, nil, http.StatusNoContent)
	sent(t, testkit.Clerk, http.MethodDelete, "/phrases/"+own.ID, nil, http.StatusNotFound)
	for _, stream := range []string{"agency/civil", "account/" + testkit.Clerk.Account} {
		events, err := desk.store.Events(t.Context(), stream, 0, 1000)
		names := []string{}
		for _, e := range events {
			if strings.HasPrefix(e.Name, "phrase.") {
				names = append(names, e.Name)
			}
			if strings.Contains(e.Detail+e.Body, "规定") {
				t.Errorf("the event tells the words: %+v", e)
			}
		}
		if err != nil || strings.Join(names, " ") != "phrase.added phrase.removed" {
			t.Errorf("%s holds %v, %v", stream, names, err)
		}
	}
}
