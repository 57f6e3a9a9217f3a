package activities_test

import (
	"errors"
	"fmt"
	"reflect"
	"testing"

	"go.temporal.io/sdk/temporal"

	"datagov/activities"
	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/internal/testkit"
)

// overTheWire is what the engine makes of an error on its way to a client.
func overTheWire(err error) error {
	c := temporal.GetDefaultFailureConverter()
	return c.FailureToError(c.ErrorToFailure(err))
}

func TestARefusalSurvivesTheEngine(t *testing.T) {
	t.Parallel()
	for _, kind := range []fault.Kind{
		fault.Unauthenticated, fault.Forbidden, fault.NotFound, fault.Malformed, fault.Invalid, fault.Barred,
		fault.Conflict, fault.Unlawful, fault.Throttled, fault.Unavailable, fault.Internal,
	} {
		want := &fault.Error{
			Kind: kind, Text: "不能办理", Basis: []law.Citation{law.Measure("25")}, Grounds: []law.Claim{testkit.Statute()},
			Fields: []fault.Field{{Pointer: "/grounds/0/level", Text: "层级不符"}},
		}
		sent := activities.Refuse(fmt.Errorf("save: %w", want))
		for name, err := range map[string]error{"here": sent, "over the wire": overTheWire(sent), "wrapped": fmt.Errorf("update: %w", overTheWire(sent))} {
			if got := activities.Refusal(err); !reflect.DeepEqual(fault.As(got), want) {
				t.Errorf("%s %s: %#v", kind, name, got)
			}
		}
		var app *temporal.ApplicationError
		if !errors.As(sent, &app) || !app.NonRetryable() || app.Type() != string(kind) {
			t.Errorf("%s is retried: %#v", kind, sent)
		}
	}
}

func TestTroubleStaysTrouble(t *testing.T) {
	t.Parallel()
	trouble := errors.New("disk full")
	foreign := temporal.NewApplicationError("x", "other", map[string]string{"a": "b"})
	for _, err := range []error{trouble, nil} {
		if got := activities.Refuse(err); !errors.Is(got, err) {
			t.Errorf("%v became %v", err, got)
		}
		if got := activities.Refusal(err); fault.As(got) != nil {
			t.Errorf("%v passes for the refusal %v", err, got)
		}
	}
	if got := activities.Refusal(overTheWire(foreign)); fault.As(got) != nil {
		t.Errorf("a foreign error passes for the refusal %v", got)
	}
}
