package activities_test

import (
	"strconv"
	"testing"

	"datagov/activities"
	"datagov/domain/sharing"
	"datagov/internal/testkit"
)

// BenchmarkMove is what one act costs the record: judge, move, and write the
// case with its version, material, events and tasks in one transaction.
func BenchmarkMove(b *testing.B) {
	for name, empty := range map[string]func(testing.TB) string{"SQLite": testkit.SQLite, "PostgreSQL": testkit.Postgres} {
		b.Run(name, func(b *testing.B) {
			d := newDeskOn(b, empty(b))
			acts := make([]activities.Act, b.N)
			for i := range acts {
				id := "case-" + name + strconv.Itoa(i)
				opened := d.ask(activities.Act{CaseID: id, Actor: testkit.Clerk}, file(testkit.ItemHeld))
				if _, err := d.Open(b.Context(), opened); err != nil {
					b.Fatal(err)
				}
				acts[i] = d.ask(activities.Act{CaseID: id, Actor: testkit.Head, Outcome: "sign"}, sharing.SignatureWords{Outcome: "sign"})
			}
			b.ResetTimer()
			for _, in := range acts {
				if _, err := d.SignOff(b.Context(), in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
