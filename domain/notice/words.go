package notice

import (
	"strings"
	"unicode/utf8"

	"datagov/domain/workday"
)

// Facts are what the words of a notice are filled with. Everything in them
// stands on the page of the case, which whoever is told may read.
type Facts struct {
	Case   string      // the case's title
	Step   string      // the step that waits, in the offices' words
	Last   workday.Day // the last day of the term; empty when none runs
	Reason string      // the reasons, the missing material, the terms that passed
}

// words are the title and the sentence of a kind. In them {case}, {step},
// {last} and {reason} stand for the facts; a part in square brackets falls away
// when its fact is empty.
type words struct{ title, sentence string }

// table gives every kind its words; TestEveryKindHasItsWords keeps it whole.
var table = map[Kind]words{
	Todo:              {"待办：{step}", "“{case}”已转到您处，请办理“{step}”。[请于 {last} 前办结。]"},
	Copied:            {"抄送：{step}", "“{case}”抄送您阅知：{step}。"},
	Returned:          {"申请退回修改", "“{case}”已由负责人退回修改。[退回理由：{reason}]"},
	Supplement:        {"补正告知", "“{case}”需要补充材料：{reason}。[请于 {last} 前一次补齐。]答复期限自材料齐全之日起算。"},
	Refused:           {"不予共享", "“{case}”涉及的数据不予共享。[{reason}]"},
	Disputed:          {"意见分歧", "“{case}”的提供机构与主管部门意见不一致，尚无答复。[{reason}]"},
	Granted:           {"已授予访问权限", "“{case}”已授予访问权限。[使用期限至 {last}。][{reason}]"},
	Extended:          {"答复期限延长", "主管部门已同意“{case}”的答复期限延长一次。[延长后的期限为 {last}。][延期理由：{reason}]"},
	ExtensionDeclined: {"延期未获同意", "主管部门不同意“{case}”延期，原期限不变。[理由：{reason}]"},
	Withdrawn:         {"申请已撤回", "申请机构已撤回“{case}”，不再需要办理。"},
	Reminded:          {"即将到期", "“{case}”的期限即将届满[：{reason}]，请及时办理。"},
	Late:              {"环节逾期", "“{case}”有环节逾期未办结[：{reason}]。逾期不产生同意或者拒绝的效果，请尽快办理。"},
	Overdue:           {"逾期未答复", "“{case}”已超过答复期限[：{reason}]，已报主管部门。逾期不产生同意或者拒绝的效果。"},
	Urged:             {"催办", "“{case}”催请您及时办理。催办不产生同意或者拒绝的效果。"},
	Advised:           {"委派已回复", "您就“{case}”请同事提供的意见已经回复，供您参考。"},
	TermChanged:       {"期限调整", "“{case}”的期限有调整[：{reason}][，现为 {last}]。"},
	Followed:          {"关注的事项有进展", "您关注的“{case}”有新进展：{step}。"},
}

// limitReason bounds the reasons in a notice; the page of the case has them whole.
const limitReason = 1500

// Write gives the title and the text of a notice.
func Write(k Kind, f Facts) (title, text string) {
	w, ok := table[k]
	if !ok {
		return string(k), f.Case
	}
	return fill(w.title, f), fill(w.sentence, f)
}

func fill(template string, f Facts) string {
	values := []struct{ name, value string }{
		{"{case}", f.Case}, {"{step}", f.Step}, {"{last}", string(f.Last)}, {"{reason}", short(f.Reason)},
	}
	var b strings.Builder
	for template != "" {
		before, rest, optional := strings.Cut(template, "[")
		b.WriteString(before)
		if !optional {
			break
		}
		part, after, _ := strings.Cut(rest, "]")
		if holds(part, values) {
			b.WriteString(part)
		}
		template = after
	}
	pairs := make([]string, 0, 2*len(values))
	for _, v := range values {
		pairs = append(pairs, v.name, v.value)
	}
	return strings.NewReplacer(pairs...).Replace(b.String())
}

// holds says whether every fact of an optional part is there.
func holds(part string, values []struct{ name, value string }) bool {
	for _, v := range values {
		if v.value == "" && strings.Contains(part, v.name) {
			return false
		}
	}
	return true
}

func short(text string) string {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) <= limitReason {
		return text
	}
	return string([]rune(text)[:limitReason]) + "……（全文见事项页）"
}
