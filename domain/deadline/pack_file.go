package deadline

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"datagov/domain/fault"
	"datagov/domain/law"
	"datagov/domain/workday"
)

// PackFile is a whole rule pack as a file gives it, examined.
type PackFile struct {
	Version   string
	AdoptedOn workday.Day
	Note      string
	Terms     []ScopedTerm
	Items     []Item
}

// Limits of a pack file.
const (
	limitPackFile = 1 << 20
	limitRules    = 1000
	limitValue    = 3660
)

// packWords is how a pack is written in a file.
type packWords struct {
	Version   string      `json:"version"`
	AdoptedOn string      `json:"adoptedOn"`
	Note      string      `json:"note"`
	Terms     []termWords `json:"terms"`
	Items     []itemWords `json:"items"`
}

type sourced struct {
	Code        string        `json:"code"`
	Title       string        `json:"title"`
	Basis       Basis         `json:"basis"`
	Source      string        `json:"source"`
	Citation    *law.Citation `json:"citation"`
	InForceFrom string        `json:"inForceFrom"`
}

type termWords struct {
	sourced

	Scope Scope  `json:"scope"`
	Value int    `json:"value"`
	Unit  Unit   `json:"unit"`
	Note  string `json:"note"`
}

type itemWords struct {
	sourced

	Kind ItemKind        `json:"kind"`
	Body json.RawMessage `json:"body"`
}

// ParsePack reads a rule pack strictly: every figure has its rank and source, a
// 法定 one its citation, nothing stands twice, and the terms that the
// procedures count by are all there.
func ParsePack(text []byte) (PackFile, error) {
	if len(text) > limitPackFile || !utf8.Valid(text) {
		return PackFile{}, fault.Form("/file", "规则包文件须为 UTF-8 编码，不超过 1 MB")
	}
	var w packWords
	if err := strictly(text, &w); err != nil {
		return PackFile{}, fault.Form("/file", "规则包不是规定格式的 JSON（version、adoptedOn、note、terms、items），或者有不认识的字段")
	}
	f := PackFile{Version: w.Version, AdoptedOn: workday.Day(w.AdoptedOn), Note: strings.TrimSpace(w.Note)}
	if err := w.checkHead(); err != nil {
		return PackFile{}, err
	}
	for i, t := range w.Terms {
		term, err := t.term("/terms/" + strconv.Itoa(i))
		if err != nil {
			return PackFile{}, err
		}
		f.Terms = append(f.Terms, term)
	}
	for i, t := range w.Items {
		item, err := t.item("/items/" + strconv.Itoa(i))
		if err != nil {
			return PackFile{}, err
		}
		f.Items = append(f.Items, item)
	}
	return f, f.whole()
}

// strictly decodes exactly one value without unknown members.
func strictly(text []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one value")
	}
	return nil
}

var (
	versionWord = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z.-]{0,31}$`)
	codeWord    = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,64}$`)
)

func (w packWords) checkHead() error {
	switch {
	case !versionWord.MatchString(w.Version):
		return fault.Form("/version", "规则包的版本只能用字母、数字、点和连字符，不超过 32 字")
	case !day(w.AdoptedOn):
		return fault.Form("/adoptedOn", "发布日期须写作 YYYY-MM-DD")
	case !plain(w.Note, 500):
		return fault.Form("/note", "须说明规则包的由来（500 字以内）")
	case len(w.Terms) > limitRules || len(w.Items) > limitRules:
		return fault.Form("/file", "规则包的条目过多")
	}
	return nil
}

func day(text string) bool {
	_, err := workday.ParseDay(text)
	return err == nil
}

// plain says whether a text has words, not too many, and nothing invisible.
func plain(text string, limit int) bool {
	return strings.TrimSpace(text) != "" && utf8.RuneCountInString(text) <= limit && !strings.ContainsFunc(text, func(r rune) bool {
		return (unicode.IsControl(r) && r != '\n') || unicode.Is(unicode.Bidi_Control, r)
	})
}

// check wants what every rule has. Only what is 法定 needs a citation, and it
// never stands without one.
func (s sourced) check(at string) error {
	switch {
	case !codeWord.MatchString(s.Code):
		return fault.Form(at+"/code", "代码只能用字母、数字、点、连字符和下划线")
	case !plain(s.Title, 100):
		return fault.Form(at+"/title", "须写明名称（100 字以内）")
	case !slices.Contains([]Basis{Statutory, ByAnalogy, ByDistrict}, s.Basis):
		return fault.Form(at+"/basis", "须标明法定、参照或者本区设定")
	case !plain(s.Source, 1000):
		return fault.Form(at+"/source", "须写明来源（1000 字以内）")
	case s.Basis == Statutory && s.Citation == nil:
		return fault.Form(at+"/citation", "法定的须写明条款")
	case s.Citation != nil && (!plain(s.Citation.Edition, 100) || !plain(s.Citation.Article, 20)):
		return fault.Form(at+"/citation", "条款须写明文号和条次")
	case !day(s.InForceFrom):
		return fault.Form(at+"/inForceFrom", "生效日期须写作 YYYY-MM-DD")
	}
	return nil
}

func (s sourced) citation() law.Citation {
	if s.Citation == nil {
		return law.Citation{}
	}
	return *s.Citation
}

func (t termWords) term(at string) (ScopedTerm, error) {
	if err := t.check(at); err != nil {
		return ScopedTerm{}, err
	}
	switch {
	case !slices.Contains([]Scope{Everyone, GovernmentOnly, OthersOnly}, t.Scope):
		return ScopedTerm{}, fault.Form(at+"/scope", "适用范围须为空、government 或者 other")
	case t.Value < 1 || t.Value > limitValue:
		return ScopedTerm{}, fault.Form(at+"/value", "期限须为 1 至 3660")
	case !slices.Contains([]Unit{WorkingDay, CalendarDay, Hour}, t.Unit):
		return ScopedTerm{}, fault.Form(at+"/unit", "期限的单位须为 working_day、calendar_day 或者 hour")
	}
	return ScopedTerm{Scope: t.Scope, Term: Term{
		Code: t.Code, Title: t.Title, Value: t.Value, Unit: t.Unit, Basis: t.Basis, Source: t.Source, Citation: t.citation(),
		InForceFrom: workday.Day(t.InForceFrom), Note: t.Note,
	}}, nil
}

func (t itemWords) item(at string) (Item, error) {
	if err := t.check(at); err != nil {
		return Item{}, err
	}
	if !slices.Contains(ItemKinds(), t.Kind) {
		return Item{}, fault.Form(at+"/kind", "条目的种类须为 suspension、level、checklist、ground、bulk 或者 paper")
	}
	if err := checkBody(t.Kind, t.Body); err != nil {
		return Item{}, fault.Form(at+"/body", err.Error())
	}
	return Item{
		Kind: t.Kind, Code: t.Code, Title: t.Title, Body: string(t.Body), Basis: t.Basis, Source: t.Source, Citation: t.citation(),
		InForceFrom: workday.Day(t.InForceFrom),
	}, nil
}

// checkBody wants the members that the kind defines.
func checkBody(kind ItemKind, body json.RawMessage) error {
	switch kind {
	case KindSuspension:
		var b suspensionBody
		if strictly(body, &b) != nil || b.Limit < 1 || b.Limit > 250 || b.Unit != WorkingDay || len(b.Clocks) == 0 || len(b.Clocks) > 20 {
			return errors.New("中止事由须写明 limit（1 至 250）、unit（working_day）和 clocks")
		}
	case KindBulk:
		var b BulkBody
		if strictly(body, &b) != nil || !plain(b.Reason, 200) {
			return errors.New("批量规则须写明 refused 和 reason")
		}
	case KindChecklist:
		var b ChecklistBody
		if strictly(body, &b) != nil || len(b.Points) == 0 || len(b.Points) > 50 {
			return errors.New("核对清单须写明 points（1 至 50 项）")
		}
	case KindLevel, KindGround, KindPaper:
		var b map[string]any
		if json.Unmarshal(body, &b) != nil || b == nil {
			return errors.New("内容须为 JSON 对象")
		}
	}
	return nil
}

// ShareTerms are the terms without which no share request can be carried.
func ShareTerms() []string {
	return []string{
		ShareSignOff, ShareFormCheck, ShareSupplement, ShareProviderOpinion, ShareProviderAnswer, ShareJointDecision, ShareExtension, ShareProvision,
	}
}

// whole refuses what stands twice and a pack under which a case would find no term.
func (f PackFile) whole() error {
	type key struct{ kind, code, scope, day string }
	seen := map[key]bool{}
	for i, t := range f.Terms {
		k, all := key{"", t.Code, string(t.Scope), string(t.InForceFrom)}, key{"", t.Code, "", string(t.InForceFrom)}
		if seen[k] || (t.Scope != Everyone && seen[all]) {
			return fault.Form("/terms/"+strconv.Itoa(i), "期限 "+t.Code+" 重复")
		}
		seen[k] = true
		if t.Scope == Everyone && (seen[key{"", t.Code, string(GovernmentOnly), k.day}] || seen[key{"", t.Code, string(OthersOnly), k.day}]) {
			return fault.Form("/terms/"+strconv.Itoa(i), "期限 "+t.Code+" 重复")
		}
	}
	for i, t := range f.Items {
		k := key{string(t.Kind), t.Code, "", string(t.InForceFrom)}
		if seen[k] {
			return fault.Form("/items/"+strconv.Itoa(i), "条目 "+t.Code+" 重复")
		}
		seen[k] = true
	}
	return f.complete()
}

func (f PackFile) complete() error {
	pack := Pack{Version: f.Version, Terms: f.Terms, Items: f.Items}
	for _, code := range ShareTerms() {
		for _, government := range []bool{true, false} {
			if _, err := pack.Find(code, government, f.AdoptedOn); err != nil {
				return fault.Form("/terms", "发布之日没有可用的期限 "+code)
			}
		}
	}
	return nil
}
