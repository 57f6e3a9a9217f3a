package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Play runs the scripts of the demo cases over the API at base, as the people
// they name: demo cases come out of the real procedure, never out of inserted
// rows. Playing again changes nothing, because every act has its own key.
func (d District) Play(ctx context.Context, base string, at time.Time) error {
	p := player{base: base, tokens: map[string]string{}}
	for _, c := range d.Cases {
		if err := p.play(ctx, c, at); err != nil {
			return fmt.Errorf("play demo case %s: %w", c.Key, err)
		}
	}
	return nil
}

type player struct {
	base   string
	tokens map[string]string
}

func (p *player) play(ctx context.Context, c Case, at time.Time) error {
	var opened struct {
		ID string `json:"id"`
	}
	err := p.post(ctx, c.As, "/share-requests", c.Key, map[string]any{
		"entryId": c.Entry, "itemIds": c.ItemIDs, "purpose": c.Purpose, "basis": c.Basis, "mode": c.Mode,
		"system": c.System, "until": c.until(at),
	}, &opened)
	if err != nil {
		return err
	}
	drafts := map[string]string{} // side → its latest opinion
	for n, act := range c.Acts {
		path, err := actPath(act, drafts)
		if err != nil {
			return err
		}
		var made struct {
			ID string `json:"id"`
		}
		if err := p.post(ctx, act.As, "/share-requests/"+opened.ID+path, fmt.Sprintf("%s/%d", c.Key, n), act.Body, &made); err != nil {
			return fmt.Errorf("act %d (%s by %s): %w", n, act.Act, act.As, err)
		}
		if act.Act == "draft_opinion" {
			drafts[act.Side] = made.ID
		}
	}
	return nil
}

func actPath(act Act, drafts map[string]string) (string, error) {
	switch act.Act {
	case "sign_off":
		return "/sign-off", nil
	case "form_check":
		return "/form-check", nil
	case "supplement":
		return "/supplement", nil
	case "draft_opinion":
		return "/opinions", nil
	case "sign_opinion":
		return "/opinions/" + drafts[act.Side] + "/sign", nil
	case "withdraw":
		return "/withdraw", nil
	}
	return "", fmt.Errorf("unknown act %q", act.Act)
}

// post sends one act as an account, logging in first where needed.
func (p *player) post(ctx context.Context, as, path, key string, body, into any) error {
	token, ok := p.tokens[as]
	if !ok {
		var session struct {
			Token string `json:"token"`
		}
		if err := p.send(ctx, "", "/session", "", map[string]string{"username": as, "password": Password}, &session); err != nil {
			return fmt.Errorf("log in as %s: %w", as, err)
		}
		token = session.Token
		p.tokens[as] = token
	}
	return p.send(ctx, token, path, key, body, into)
}

func (p *player) send(ctx context.Context, token, path, key string, body, into any) error {
	b, err := json.Marshal(body)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.base+"/api/v1"+path, bytes.NewReader(b))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
		req.Header.Set("Idempotency-Key", "demo/"+key)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusCreated {
		return fmt.Errorf("POST %s: %d %s", path, res.StatusCode, answer)
	}
	return json.Unmarshal(answer, into)
}
