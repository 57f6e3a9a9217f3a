package sharing_test

import (
	"testing"

	"datagov/domain/catalog"
	"datagov/domain/law"
	"datagov/domain/sharing"
)

func judged() sharing.Judged {
	return sharing.Judged{
		Purpose: "核对", Basis: "职责", System: "救助系统", Until: "2027-06-30", Mode: sharing.RequestResponse,
		Parts: []sharing.JudgedPart{{Item: "i", Name: "姓名", Path: sharing.ByReview}},
		Entry: catalog.Entry{
			Version: 3, Name: "居民健康档案", Sharing: catalog.Authorized, Reason: "个人信息",
			Grounds: []law.Claim{{Title: "《统计法》", Article: "第二十八条"}},
			Items:   []catalog.Item{{ID: "i", Name: "姓名", Level: "L2", Sharing: catalog.Authorized}},
		},
	}
}

// Whatever a decider judges is in the material: change it, and the digest changes.
func TestEverythingJudgedIsInTheMaterial(t *testing.T) {
	t.Parallel()
	first := judged().Material().Digest()
	for name, change := range map[string]func(j *sharing.Judged){
		"purpose":              func(j *sharing.Judged) { j.Purpose = "他用" },
		"basis":                func(j *sharing.Judged) { j.Basis = "另一职责" },
		"system":               func(j *sharing.Judged) { j.System = "另一系统" },
		"until":                func(j *sharing.Judged) { j.Until = "2027-07-01" },
		"mode":                 func(j *sharing.Judged) { j.Mode = sharing.Copy },
		"supplement":           func(j *sharing.Judged) { j.SupplyNote = "已补" },
		"version of the entry": func(j *sharing.Judged) { j.Entry.Version++ },
		"name of the entry":    func(j *sharing.Judged) { j.Entry.Name = "另名" },
		"sharing type":         func(j *sharing.Judged) { j.Entry.Sharing = catalog.NotShared },
		"reason":               func(j *sharing.Judged) { j.Entry.Reason = "另因" },
		"grounds":              func(j *sharing.Judged) { j.Entry.Grounds[0].Article = "第一条" },
		"level of an item":     func(j *sharing.Judged) { j.Entry.Items[0].Level = "L3" },
		"sharing of an item":   func(j *sharing.Judged) { j.Entry.Items[0].Sharing = catalog.Unclassified },
		"grounds of an item":   func(j *sharing.Judged) { j.Entry.Items[0].Grounds = []law.Claim{{Title: "统计法", Article: "一"}} },
		"an item gone":         func(j *sharing.Judged) { j.Entry.Items = nil },
		"route of an item":     func(j *sharing.Judged) { j.Parts[0].Path = sharing.ByScenario },
		"another item":         func(j *sharing.Judged) { j.Parts = append(j.Parts, sharing.JudgedPart{Item: "x", Name: "另项"}) },
		"a scenario":           func(j *sharing.Judged) { j.Scenario = &sharing.Scenario{Name: "救助", Version: 1} },
		"an attachment":        func(j *sharing.Judged) { j.Attachments = []sharing.Attachment{{Name: "授权书.pdf", SHA256: "abc"}} },
	} {
		j := judged()
		change(&j)
		if j.Material().Digest() == first {
			t.Errorf("%s is not in the material", name)
		}
	}
	if judged().Material().Digest() != first {
		t.Error("the same material has two digests")
	}
}

func TestEveryFactOfTheMaterialHasATitle(t *testing.T) {
	t.Parallel()
	keys := map[string]bool{}
	for _, f := range judged().Material() {
		if f.Title == "" || f.Key == "" || keys[f.Key] {
			t.Errorf("fact %+v", f)
		}
		keys[f.Key] = true
	}
}
