package identity

import (
	"strings"
	"testing"

	"github.com/alexedwards/argon2id"
	"github.com/google/go-cmp/cmp"

	"datagov/domain/fault"
)

func TestTheDummyHashCostsAsMuchAsARealOne(t *testing.T) {
	t.Parallel()
	real, err := HashPassword("correct horse")
	if err != nil {
		t.Fatal(err)
	}
	want, _, _, err := argon2id.DecodeHash(real)
	if err != nil {
		t.Fatal(err)
	}
	got, _, _, err := argon2id.DecodeHash(dummyHash)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAPasswordHasEightTo128Characters(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, password string
		ok             bool
	}{
		{"seven", "1234567", false},
		{"eight", "12345678", true},
		{"eight in Chinese", "宝山区公共数据办", true},
		{"seven in Chinese", "宝山区公共数据", false},
		{"128", strings.Repeat("数", 128), true},
		{"129", strings.Repeat("a", 129), false},
		{"none", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			hash, err := HashPassword(tt.password)
			if ok := err == nil; ok != tt.ok {
				t.Fatalf("err = %v", err)
			}
			if !tt.ok {
				if fault.KindOf(err) != fault.Invalid {
					t.Errorf("refused as %s", fault.KindOf(err))
				}
				return
			}
			if strings.Contains(hash, tt.password) {
				t.Error("the hash shows the password")
			}
		})
	}
}

func TestAHashMatchesItsPasswordOnly(t *testing.T) {
	t.Parallel()
	hash, err := HashPassword("correct horse")
	if err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]bool{"correct horse": true, "correct horse ": false} {
		if got, err := compare(password, hash); err != nil || got != want {
			t.Errorf("%q matches = %v, err = %v", password, got, err)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	for b.Loop() {
		if _, err := compare("correct horse", dummyHash); err != nil {
			b.Fatal(err)
		}
	}
}
