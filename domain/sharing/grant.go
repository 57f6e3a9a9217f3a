package sharing

import (
	"crypto/sha256"
	"fmt"
)

// GrantStatus is where an access right stands.
type GrantStatus string

// The statuses of a grant. A grant is never ended without cause (TL 27).
const (
	Provisioning GrantStatus = "provisioning"
	Active       GrantStatus = "active"
	Suspended    GrantStatus = "suspended"
	Expired      GrantStatus = "expired"
	Terminated   GrantStatus = "terminated"
)

// GrantID names the one grant of a request and route, so that writing it twice
// writes it once.
func GrantID(requestID string, path Path) string {
	sum := sha256.Sum256([]byte("grant/" + requestID + "/" + string(path)))
	sum[6] = sum[6]&0x0f | 0x80 // UUID version 8: made by a rule of our own
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// GrantedItems lists the granted items of one route.
func (r Request) GrantedItems(path Path) []string {
	var items []string
	for _, p := range r.Parts {
		if p.Path == path && p.Status == PartGranted {
			items = append(items, p.Item)
		}
	}
	return items
}

// GrantPaths lists the routes that can end in a grant, in a fixed order.
func GrantPaths() []Path { return []Path{ByLaw, ByScenario, ByReview} }
