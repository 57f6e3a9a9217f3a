package paper_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"datagov/domain/paper"
)

const sound = "版头：{{发文机关}}\n文号：{{文号}}\n标题：告知书\n主送：{{主送机关}}\n正文：{{依据}}，告知如下：\n列表：{{缺少的材料}}\n落款：{{发文机关}}\n落款：{{成文日期}}\n"

// fields fills every text of the sound template.
func fields() paper.Fields {
	f := paper.NewFields()
	for _, name := range []string{"发文机关", "文号", "主送机关", "成文日期", "依据"} {
		f.Text[name] = name + "的内容"
	}
	f.Lists["缺少的材料"] = []string{"甲", "乙"}
	return f
}

// templateError wants the error of a template at a line about a field.
func templateError(t *testing.T, err error, line int, field string) {
	t.Helper()
	var e *paper.TemplateError
	if !errors.As(err, &e) {
		t.Fatalf("%v is no template error", err)
	}
	if e.Line != line || e.Field != field || (field != "" && !strings.Contains(e.Error(), field)) {
		t.Errorf("line %d, field %q: %s; want line %d, field %q", e.Line, e.Field, e, line, field)
	}
}

func TestATemplateWithAnUnknownFieldIsRefusedWithLineAndName(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, spoiled string
		line          int
		field         string
	}{
		{"a misspelled field", strings.Replace(sound, "{{依据}}", "{{依椐}}", 1), 5, "依椐"},
		{"a field of another kind", strings.Replace(sound, "{{依据}}", "{{延期理由}}", 1), 5, "延期理由"},
		{"a condition on an unknown field", strings.Replace(sound, "正文：", "【无此字段】正文：", 1), 5, "无此字段"},
		{"an empty field", strings.Replace(sound, "{{依据}}", "{{ }}", 1), 5, ""},
		{"a field that is not closed", strings.Replace(sound, "{{依据}}", "{{依据", 1), 5, ""},
		{"a field that is not opened", strings.Replace(sound, "{{依据}}", "依据}}", 1), 5, ""},
		{"a field within a field", strings.Replace(sound, "{{依据}}", "{{依{{据}}}}", 1), 5, ""},
		{"a line without a role", strings.Replace(sound, "正文：", "", 1), 5, ""},
		{"an unknown role", strings.Replace(sound, "正文：", "正 文：", 1), 5, ""},
		{"a role without words", strings.Replace(sound, "{{依据}}，告知如下：", "", 1), 5, ""},
		{"a condition that is not closed", strings.Replace(sound, "正文：", "【依据 正文：", 1), 5, ""},
		{"a list in running text", strings.Replace(sound, "{{依据}}", "{{缺少的材料}}", 1), 5, "缺少的材料"},
		{"a text as a list", strings.Replace(sound, "{{缺少的材料}}", "{{依据}}", 1), 6, ""},
		{"a text as a table", strings.Replace(sound, "列表：{{缺少的材料}}", "表格：{{依据}}", 1), 6, ""},
		{"a conditional title", strings.Replace(sound, "标题：", "【依据】标题：", 1), 3, ""},
		{"two titles", sound + "标题：又一个\n", 0, ""},
		{"no number", strings.Replace(sound, "文号：{{文号}}\n", "", 1), 0, ""},
		{"no signature", strings.ReplaceAll(sound, "落款：", "正文："), 0, ""},
		{"without end", sound + strings.Repeat("正文：长\n", 301), 301, ""},
		{"no text", "\xff\xfe", 0, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := paper.Parse(paper.Supplement, tt.spoiled)
			templateError(t, err, tt.line, tt.field)
		})
	}
	if _, err := paper.Parse("love_letter", sound); err == nil {
		t.Error("an unknown kind has a template")
	}
	if _, err := paper.Parse(paper.Supplement, sound); err != nil {
		t.Error(err)
	}
}

func TestAPaperWithAHoleIsAnErrorThatNamesTheField(t *testing.T) {
	t.Parallel()
	template, err := paper.Parse(paper.Supplement, sound)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name  string
		spoil func(paper.Fields)
		line  int
		field string
	}{
		{"no value", func(f paper.Fields) { delete(f.Text, "依据") }, 5, "依据"},
		{"an empty value", func(f paper.Fields) { f.Text["主送机关"] = " 　\n" }, 4, "主送机关"},
		{"no number", func(f paper.Fields) { delete(f.Text, "文号") }, 2, "文号"},
		{"an empty list", func(f paper.Fields) { f.Lists["缺少的材料"] = nil }, 6, "缺少的材料"},
		{"an empty entry", func(f paper.Fields) { f.Lists["缺少的材料"] = []string{"甲", " "} }, 6, "缺少的材料"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := fields()
			tt.spoil(f)
			blocks, err := template.Fill(f)
			templateError(t, err, tt.line, tt.field)
			if blocks != nil {
				t.Error("a paper with a hole came out")
			}
		})
	}
}

func TestAConditionalLineIsLeftOutWithoutItsField(t *testing.T) {
	t.Parallel()
	source := "版头：{{发文机关}}\n文号：{{文号}}\n标题：答复\n主送：{{主送机关}}\n正文：如下\n小标题：结果\n表格：{{数据项表}}\n【条件】小标题：条件\n【条件】列表：{{条件}}\n小标题：其他\n落款：{{署名机关}}\n落款：{{成文日期}}"
	template, err := paper.Parse(paper.Answer, source)
	if err != nil {
		t.Fatal(err)
	}
	f := fields()
	f.Tables["数据项表"] = [][]string{{"序号", "数据项"}, {"1", "甲"}}
	f.Lists["署名机关"] = []string{"甲局", "乙局"}
	texts := func() string {
		blocks, err := template.Fill(f)
		if err != nil {
			t.Fatal(err)
		}
		all := ""
		for _, b := range blocks {
			all += b.Text + "|"
		}
		if last := blocks[len(blocks)-1]; last.Role != paper.Signature || len(last.Rows) != 3 || last.Rows[1][0] != "乙局" {
			t.Errorf("signature %+v", last)
		}
		return all
	}
	if got := texts(); strings.Contains(got, "条件") || !strings.Contains(got, "二、其他") {
		t.Errorf("without conditions: %s", got)
	}
	f.Lists["条件"] = []string{"脱敏", "限次"}
	if got := texts(); !strings.Contains(got, "二、条件|1. 脱敏|2. 限次|三、其他") {
		t.Errorf("with conditions: %s", got)
	}
	for _, rows := range [][][]string{{{"序号"}}, {{"序号", "数据项"}, {"1"}}, {{"序号", "数据项"}, {"1", ""}}, {{}, {}}} {
		f.Tables["数据项表"] = rows
		_, err := template.Fill(f)
		templateError(t, err, 7, "数据项表")
	}
}

func TestTheFirstTemplatesAreSound(t *testing.T) {
	t.Parallel()
	for _, kind := range paper.Kinds() {
		source, err := os.ReadFile("../../migrations/papers/" + string(kind) + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := paper.Parse(kind, string(source)); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

// FuzzParse: whatever somebody writes as a template, it is read or refused with
// a line, and a sound one is filled or names the field that is missing.
func FuzzParse(f *testing.F) {
	f.Add("supplement", sound)
	f.Add("answer", "【条件】列表：{{条件}}")
	f.Add("overdue", "正文：{{{{}}}}")
	f.Add("", "#")
	f.Fuzz(func(t *testing.T, kind, source string) {
		template, err := paper.Parse(paper.Kind(kind), source)
		var e *paper.TemplateError
		if err != nil {
			if !errors.As(err, &e) || e.Text == "" || e.Line < 0 || e.Line > strings.Count(source, "\n")+1 {
				t.Fatalf("%v", err)
			}
			return
		}
		if _, err := template.Fill(fields()); err != nil && (!errors.As(err, &e) || e.Field == "") {
			t.Fatalf("%v", err)
		}
	})
}
