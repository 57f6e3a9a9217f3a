package activities

import (
	"testing"
	"time"

	"datagov/domain/deadline"
	"datagov/internal/testkit"
	"datagov/migrations"
	"datagov/store"
)

func TestAPackIsReadAgainWhenItIsOld(t *testing.T) {
	t.Parallel()
	s, err := store.Open(testkit.SQLite(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := migrations.Up(t.Context(), s.DB()); err != nil {
		t.Fatal(err)
	}
	kept := deadline.Pack{Version: "kept"}
	c := packCache{packs: map[string]cachedPack{"2026-11": {kept, time.Now().Add(time.Hour)}}}
	if got, err := c.read(t.Context(), nil, "2026-11"); err != nil || got.Version != "kept" {
		t.Errorf("a fresh pack was read again: %v, %v", got.Version, err)
	}
	c.packs["2026-11"] = cachedPack{kept, time.Now().Add(-2 * packLife)}
	if got, err := c.read(t.Context(), s, "2026-11"); err != nil || got.Version != "2026-11" || len(got.Terms) == 0 {
		t.Errorf("an old pack was kept: %v, %v", got.Version, err)
	}
	if got := c.packs["2026-11"].pack; got.Version != "2026-11" {
		t.Error("what was read is not kept")
	}
	if _, err := c.read(t.Context(), s, "unknown"); err == nil || len(c.packs) != 1 {
		t.Errorf("an unknown pack: %v, %d kept", err, len(c.packs))
	}
}
