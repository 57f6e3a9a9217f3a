package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"datagov/domain/agency"
	"datagov/domain/fault"
)

// How often the stream looks for news and how often it shows that it lives.
const (
	streamEvery = time.Second
	streamBeat  = 20 * time.Second
)

// hint tells a page that a case has moved; it fetches what it may see again.
type hint struct {
	Position int64  `json:"position"`
	CaseID   string `json:"caseId"`
}

// registerStream adds the event stream, a hand-written route: its life is that
// of the connection, not of one answer.
func (s *Server) registerStream() {
	s.echo.GET("/api/v1/events", s.stream)
}

// stream sends a hint for every published event of a case the viewer may see.
// It resumes after Last-Event-ID.
func (s *Server) stream(c echo.Context) error {
	req := c.Request()
	ctx, person, err := s.authenticate(req.Context(), credentials{authorization: req.Header.Get("Authorization"), cookies: req.Header.Get("Cookie")})
	if err != nil {
		return err
	}
	if ok, err := s.rbac.Allow(person.Actor, "event", "stream"); err != nil || !ok {
		return fault.New(fault.Forbidden, "您的角色没有这项权限")
	}
	position, err := s.startAt(ctx, req.Header.Get("Last-Event-ID"))
	if err != nil {
		return err
	}
	w := c.Response()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	control := http.NewResponseController(w)
	_ = control.SetWriteDeadline(time.Time{}) // the stream lives as long as its reader
	return s.follow(ctx, w, control, token(req.Header.Get("Authorization"), req.Header.Get("Cookie")), position)
}

func (s *Server) startAt(ctx context.Context, last string) (int64, error) {
	if position, err := strconv.ParseInt(last, 10, 64); err == nil && position >= 0 {
		return position, nil
	}
	return s.store.LastPublished(ctx)
}

func (s *Server) follow(ctx context.Context, w http.ResponseWriter, control *http.ResponseController, session string, position int64) error {
	ticks := time.NewTicker(streamEvery)
	defer ticks.Stop()
	beat := time.Now()
	if _, err := fmt.Fprint(w, ": 已连接\n\n"); err != nil {
		return nil
	}
	for {
		if control.Flush() != nil {
			return nil // the reader has gone
		}
		select {
		case <-ctx.Done():
			return nil
		case <-s.stopping:
			return nil
		case <-ticks.C:
		}
		actor, _, err := s.Identity.Actor(ctx, session)
		if err != nil {
			return nil // logged out or revoked meanwhile
		}
		moved, err := s.news(ctx, w, actor, position)
		if err != nil {
			return nil
		}
		if moved == position && time.Since(beat) > streamBeat {
			beat = time.Now()
			if _, err := fmt.Fprint(w, ": 心跳\n\n"); err != nil {
				return nil
			}
		}
		position = moved
	}
}

// news writes the hints after a position and says how far it came.
func (s *Server) news(ctx context.Context, w http.ResponseWriter, actor agency.Actor, position int64) (int64, error) {
	rows, err := s.store.PublishedAfter(ctx, position, 200)
	if err != nil {
		return position, err
	}
	for _, row := range rows {
		position = row.Position
		id := s.caseOf(ctx, row.Stream)
		if id == "" || s.mustSee(ctx, actor, id) != nil {
			continue
		}
		b, err := json.Marshal(hint{row.Position, id})
		if err != nil {
			return position, err
		}
		if _, err := fmt.Fprintf(w, "id: %d\ndata: %s\n\n", row.Position, b); err != nil {
			return position, err
		}
	}
	return position, nil
}

// caseOf is the case a stream belongs to: its own, or that of a grant; "" for
// streams of no case.
func (s *Server) caseOf(ctx context.Context, stream string) string {
	if id, ok := strings.CutPrefix(stream, "share-request/"); ok {
		return id
	}
	if id, ok := strings.CutPrefix(stream, "grant/"); ok {
		if g, err := s.store.Grant(ctx, id); err == nil {
			return g.RequestID
		}
	}
	return ""
}
