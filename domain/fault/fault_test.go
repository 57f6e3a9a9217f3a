package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"datagov/domain/fault"
	"datagov/domain/law"
)

func TestARefusalIsFoundInsideAnyChain(t *testing.T) {
	t.Parallel()
	refusal := fault.New(fault.Conflict, "不能办理")
	err := fmt.Errorf("save: %w", fmt.Errorf("again: %w", refusal))
	if fault.As(err) != refusal || fault.KindOf(err) != fault.Conflict {
		t.Errorf("found %v", fault.As(err))
	}
}

func TestTroubleIsNoRefusal(t *testing.T) {
	t.Parallel()
	err := errors.New("disk full")
	if fault.As(err) != nil || fault.KindOf(err) != fault.Internal || fault.As(nil) != nil {
		t.Error("trouble passes for a refusal")
	}
}

func TestCitingLeavesTheFirstRefusalAlone(t *testing.T) {
	t.Parallel()
	first := fault.Law("不得拒绝", law.Measure("25"))
	second := first.Citing(law.Regulation("21"))
	if len(first.Basis) != 1 || len(second.Basis) != 2 || second.Kind != fault.Unlawful || second.Error() != "不得拒绝" {
		t.Errorf("first cites %v, second %v", first.Basis, second.Basis)
	}
}

func TestAFormFaultPointsAtItsField(t *testing.T) {
	t.Parallel()
	f := fault.Form("/grounds/0/level", "层级不符")
	if f.Kind != fault.Invalid || len(f.Fields) != 1 || f.Fields[0].Pointer != "/grounds/0/level" || f.Fields[0].Text != f.Text {
		t.Errorf("fault = %+v", f)
	}
}
