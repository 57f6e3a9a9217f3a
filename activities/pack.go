package activities

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"

	"datagov/domain/deadline"
	"datagov/store"
)

// packLife is how long a pack read from the record is used before it is read
// again. An imported calendar bites at once: see [Casework.currentPack].
const packLife = 5 * time.Second

// packCache keeps the last packs read. Terms and calendar change a few times a
// year and are needed by every act.
type packCache struct {
	mu    sync.Mutex
	packs map[string]cachedPack
}

type cachedPack struct {
	pack deadline.Pack
	at   time.Time
}

func (c *packCache) read(ctx context.Context, s *store.Store, version string) (deadline.Pack, error) {
	c.mu.Lock()
	kept, ok := c.packs[version]
	c.mu.Unlock()
	if ok && time.Since(kept.at) < packLife {
		return kept.pack, nil
	}
	pack, err := s.Pack(ctx, version)
	if err != nil {
		return deadline.Pack{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.packs == nil {
		c.packs = map[string]cachedPack{}
	}
	c.packs[version] = cachedPack{pack, time.Now()}
	return pack, nil
}

// currentPack reads a pack with the calendar that is on record now: an act that
// follows an import never counts on the calendar before it.
func (w *Casework) currentPack(ctx context.Context, version string) (deadline.Pack, error) {
	calendar, err := w.Store.CalendarVersion(ctx)
	if err != nil {
		return deadline.Pack{}, err
	}
	pack, err := w.packs.read(ctx, w.Store, version)
	if err != nil || pack.Calendar.Version() == calendar {
		return pack, err
	}
	w.packs.forget(version)
	return w.packs.read(ctx, w.Store, version)
}

func (c *packCache) forget(version string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.packs, version)
}

// newID makes a time-ordered identifier.
func newID() string { return uuid.Must(uuid.NewV7()).String() }
