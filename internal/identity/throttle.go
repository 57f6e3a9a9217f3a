package identity

import (
	"context"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"datagov/domain/fault"
	"datagov/store"
)

// limit is how many failures a subject has for free and how fast it earns them
// back. After that every failure locks it, for 1, 2, 4 … minutes.
type limit struct {
	free int
	leak time.Duration // one failure is forgotten in this time without another
}

var (
	accountLimit = limit{free: 5, leak: 12 * time.Minute}
	addressLimit = limit{free: 20, leak: 3 * time.Minute} // many people may share one
)

const longestLock = 15 * time.Minute

// subject is whose failures are counted. Names and addresses are stored as
// digests only.
type subject struct {
	digest string
	limit  limit
}

// attempt is who tries to log in: under which name and from where.
type attempt struct{ account, address subject }

func (a attempt) digests() []string { return []string{a.account.digest, a.address.digest} }

func ofAccount(username string) subject {
	return subject{digest("account:" + strings.ToLower(username)), accountLimit}
}

// ofAddress counts an IPv6 network of 64 bits as one address, because one
// person commands all of it.
func ofAddress(address string) subject {
	if ip, err := netip.ParseAddr(address); err == nil {
		ip = ip.Unmap().WithZone("")
		address = ip.String()
		if network, err := ip.Prefix(64); err == nil && ip.Is6() {
			address = network.Addr().String()
		}
	}
	return subject{digest("address:" + address), addressLimit}
}

// refuseLocked refuses an attempt while its name or its address is locked,
// whether the name exists or not and the password is right or not.
func (i *Identity) refuseLocked(ctx context.Context, by attempt) error {
	rows, err := i.store.LoginAttempts(ctx, by.digests())
	if err != nil {
		return err
	}
	var wait time.Duration
	for _, row := range rows {
		wait = max(wait, row.LockedUntil.Sub(i.now()))
	}
	if wait <= 0 {
		return nil
	}
	minutes := int((wait + time.Minute - 1) / time.Minute)
	return fault.New(fault.Throttled, fmt.Sprintf("登录失败次数过多，请%d分钟后再试", minutes))
}

// countFailure counts one failure for the name and one for the address, also
// when the client has hung up meanwhile.
func (i *Identity) countFailure(ctx context.Context, by attempt) error {
	ctx = context.WithoutCancel(ctx)
	leave, err := enter(ctx, i.count)
	if err != nil {
		return err
	}
	defer leave()
	now := i.now()
	return i.store.Tx(ctx, func(ctx context.Context, tx store.Tx) error {
		rows, err := tx.LoginAttempts(ctx, by.digests())
		if err != nil {
			return err
		}
		former := map[string]store.LoginAttempt{}
		for _, row := range rows {
			former[row.Subject] = row
		}
		for _, s := range []subject{by.account, by.address} {
			if err := tx.PutLoginAttempt(ctx, s.failed(former[s.digest], now)); err != nil {
				return err
			}
		}
		return nil
	})
}

// failed is the counter after one more failure.
func (s subject) failed(former store.LoginAttempt, now time.Time) store.LoginAttempt {
	kept := 0
	if former.Failures > 0 {
		idle := max(0, now.Sub(former.LastAt)) // another node's clock may be ahead
		kept = max(0, former.Failures-int(idle/s.limit.leak))
	}
	next := store.LoginAttempt{Subject: s.digest, Failures: kept + 1, LastAt: now, LockedUntil: now}
	if over := next.Failures - s.limit.free; over >= 0 {
		next.LockedUntil = now.Add(min(longestLock, time.Minute<<min(over, 10)))
	}
	return next
}
