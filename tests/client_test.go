package tests

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"datagov/internal/demo"
)

// person is somebody with a session on a server.
type person struct {
	server   *running
	username string
	token    string
}

// answer is one HTTP answer, read to its end.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// as gives an account's session, logging in the first time.
func (r *running) as(t testing.TB, username string) person {
	t.Helper()
	if token, ok := r.tokens.Load(username); ok {
		return person{r, username, token.(string)}
	}
	var session struct{ Token string }
	nobody := person{server: r}
	nobody.send(t, http.MethodPost, "/session", map[string]string{"username": username, "password": demo.Password}).
		want(t, http.StatusCreated).into(t, &session)
	r.tokens.Store(username, session.Token)
	return person{r, username, session.Token}
}

// send sends one request. A string or []byte is sent as it is, nil sends no
// body, anything else is sent as JSON; headers come in pairs.
func (p person) send(t testing.TB, method, path string, body any, headers ...string) answer {
	t.Helper()
	a, err := p.try(method, path, body, headers...)
	if err != nil {
		t.Fatalf("%s %s as %s: %v\n%s", method, path, p.username, err, p.server.out)
	}
	return a
}

// try is send for those who expect the server to be gone.
func (p person) try(method, path string, body any, headers ...string) (answer, error) {
	content, err := encoded(body)
	if err != nil {
		return answer{}, err
	}
	req, err := http.NewRequest(method, p.server.base+"/api/v1"+path, bytes.NewReader(content))
	if err != nil {
		return answer{}, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if p.token != "" {
		req.Header.Set("Authorization", "Bearer "+p.token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	return answer{res.StatusCode, res.Header, b}, err
}

func encoded(body any) ([]byte, error) {
	switch b := body.(type) {
	case nil:
		return nil, nil
	case string:
		return []byte(b), nil
	case []byte:
		return b, nil
	}
	return json.Marshal(body)
}

// fields is the JSON object of a request.
type fields map[string]any

// with gives a copy with one field changed; nil removes it.
func (f fields) with(name string, value any) fields {
	c := fields{}
	for k, v := range f {
		c[k] = v
	}
	c[name] = value
	if value == nil {
		delete(c, name)
	}
	return c
}

// act posts an act on a case under a key of its own.
func (p person) act(t testing.TB, path string, body any) answer {
	t.Helper()
	return p.send(t, http.MethodPost, path, body, "Idempotency-Key", uuid.NewString())
}

func (p person) read(t testing.TB, path string) answer {
	t.Helper()
	return p.send(t, http.MethodGet, path, nil)
}

func (a answer) want(t testing.TB, status int) answer {
	t.Helper()
	if a.status != status {
		t.Fatalf("status %d, want %d: %s", a.status, status, a.body)
	}
	return a
}

func (a answer) into(t testing.TB, target any) {
	t.Helper()
	if err := json.Unmarshal(a.body, target); err != nil {
		t.Fatalf("%v: %s", err, a.body)
	}
}

// problem is an error answer.
type problem struct {
	Type, Title, Detail, Instance, Code string
	Status                              int
	Errors                              []struct{ Pointer, Text string }
	Basis                               []struct{ Edition, Article, Title string }
	Grounds                             []ground
}

// refused wants a problem with the status, in Chinese, that shows nothing of
// what happened inside; the articles are those it has to cite.
func (a answer) refused(t testing.TB, status int, articles ...string) problem {
	t.Helper()
	a.want(t, status)
	if kind := a.header.Get("Content-Type"); kind != "application/problem+json" {
		t.Errorf("content type %q: %s", kind, a.body)
	}
	var p problem
	a.into(t, &p)
	if p.Status != status || p.Title == "" || p.Code == "" || p.Type == "" || a.header.Get("X-Request-Id") == "" {
		t.Errorf("incomplete problem: %s", a.body)
	}
	if !chinese(p.Detail) || !chinese(p.Title) {
		t.Errorf("not in Chinese: %s", a.body)
	}
	lower := strings.ToLower(string(a.body))
	for _, word := range internalWords {
		if strings.Contains(lower, word) {
			t.Errorf("shows %q: %s", word, a.body)
		}
	}
	for _, article := range articles {
		if !slices.ContainsFunc(p.Basis, func(c struct{ Edition, Article, Title string }) bool { return c.Edition+"#"+c.Article == article }) {
			t.Errorf("does not cite %s: %s", article, a.body)
		}
	}
	return p
}

// internalWords must never reach a client.
var internalWords = []string{
	"sql", "bun:", "temporal", "goroutine", ".go:", "panic", "pgx", "workflow", "activity", "constraint", "unmarshal", "huma", "echo",
}

func chinese(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r >= 0x4e00 && r <= 0x9fff })
}

// replaced puts a value in the place of %.
func replaced(path, value string) string { return strings.ReplaceAll(path, "%", value) }
