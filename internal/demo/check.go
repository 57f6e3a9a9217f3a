package demo

import (
	"errors"
	"fmt"
	"regexp"
	"slices"

	"datagov/domain/agency"
	"datagov/domain/catalog"
	"datagov/domain/law"
	"datagov/domain/workday"
)

var (
	uuidShape = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	// codeShape is 类 (1 digit), 项 (2), 目 (3), 细目 (any), a slash and 顺序码.
	codeShape = regexp.MustCompile(`^[123]\d{5}\d*/\d{6}$`)
	// typeShape holds the data types of the 编制指南 with an optional length.
	typeShape = regexp.MustCompile(`^(字符型C|数值型N|货币型Y|日期型D|日期时间型T|逻辑型L|备注型M|通用型G|双精度型B|整型I|浮点型F)(\(\d+(,\d+)?\))?$`)

	levels   = []string{"L1", "L2", "L3", "L4"}
	opens    = []string{"open", "conditional", "not_open"}
	kinds    = []agency.Kind{agency.Government, agency.PublicBody, agency.ByReference}
	cycles   = []string{"实时", "每日", "每周", "每月", "每季度", "每半年", "每年", "不定期"}
	domains  = []string{"一网通办", "一网统管", "城市精细化管理", "社会智能化治理", "其他"}
	statuses = []string{
		"sign_off", "form_check", "supplement", "joint_review", "approved",
		"granted", "partially_granted", "refused", "disputed", "withdrawn",
	}
	ownRoles  = []agency.Role{agency.Clerk, agency.Head}
	wideRoles = []agency.Role{
		agency.CommissionOfficer, agency.CommissionHead, agency.DataCenter,
		agency.Supervisor, agency.Auditor, agency.Administrator,
	}
	// outcomes lists what each act may answer; an act that is missing is unknown.
	outcomes = map[string][]string{
		"sign_off":         {"sign", "return"},
		"revision":         {""},
		"form_check":       {"complete", "supplement"},
		"supplement":       {""},
		"draft_opinion":    {"agree", "agree_with_conditions", "refuse"},
		"sign_opinion":     {"sign", "return"},
		"ask_extension":    {"", "ask"},
		"decide_extension": {"consent", "decline"},
		"withdraw":         {""},
	}
	conditionKinds = []string{"form", "mask", "frequency", "until", "other"}
)

// checker walks the district and collects every fault it meets.
type checker struct {
	d        District
	faults   []error
	ids      map[string]bool
	agencies map[agency.ID]Agency
	accounts map[string]Account
	entries  map[string]Entry
}

// Check says what is wrong with the district; nil means it may be seeded.
func (d District) Check() error {
	c := &checker{
		d: d, ids: map[string]bool{}, agencies: map[agency.ID]Agency{},
		accounts: map[string]Account{}, entries: map[string]Entry{},
	}
	for _, a := range d.Agencies {
		c.agency(a)
	}
	for _, a := range d.Accounts {
		c.account(a)
	}
	for _, e := range d.Entries {
		c.entry(e)
	}
	for _, s := range d.Scenarios {
		c.scenario(s)
	}
	for _, k := range d.Cases {
		c.script(k)
	}
	return errors.Join(c.faults...)
}

// want records a fault unless the condition holds.
func (c *checker) want(ok bool, format string, args ...any) {
	if !ok {
		c.faults = append(c.faults, fmt.Errorf(format, args...))
	}
}

// unique records a fault when the name was seen before among its kind.
func (c *checker) unique(kind, id string) {
	key := kind + " " + id
	c.want(!c.ids[key], "%s occurs twice", key)
	c.ids[key] = true
}

func (c *checker) uuid(kind, id string) {
	c.want(uuidShape.MatchString(id), "%s %s: not a version 4 UUID", kind, id)
	c.unique("uuid", id)
}

func (c *checker) agency(a Agency) {
	c.unique("agency", string(a.ID))
	c.want(a.ID != "" && a.Name != "", "agency %q: no id or name", a.ID)
	c.want(slices.Contains(kinds, a.Kind), "agency %s: unknown kind %q", a.ID, a.Kind)
	c.agencies[a.ID] = a
}

func (c *checker) knownAgency(of string, id agency.ID) {
	_, known := c.agencies[id]
	c.want(known, "%s: unknown agency %q", of, id)
}

func (c *checker) account(a Account) {
	c.unique("account", a.Username)
	c.want(a.Username != "" && a.Name != "", "account %q: no username or name", a.Username)
	c.knownAgency("account "+a.Username, a.Agency)
	c.want(len(a.Roles) > 0, "account %s: no role", a.Username)
	for _, r := range a.Roles {
		own := slices.Contains(ownRoles, r.Role) && r.Domain == string(a.Agency)
		wide := slices.Contains(wideRoles, r.Role) && r.Domain == DistrictWide
		c.want(own || wide, "account %s: role %q in domain %q", a.Username, r.Role, r.Domain)
	}
	c.accounts[a.Username] = a
}

func (c *checker) entry(e Entry) {
	of := "entry " + e.Name
	c.uuid(of, e.ID)
	c.unique("code", e.Code)
	c.unique("entry", e.Name)
	c.want(codeShape.MatchString(e.Code), "%s: code %q", of, e.Code)
	c.want(e.Name != "" && e.Summary != "" && e.Format != "", "%s: name, summary or format is missing", of)
	c.knownAgency(of, e.Agency)
	c.want(slices.Contains(opens, e.Open), "%s: open type %q", of, e.Open)
	c.want(slices.Contains(cycles, e.UpdateCycle), "%s: update cycle %q", of, e.UpdateCycle)
	c.want(e.Secrecy == "非涉密", "%s: Article 2 keeps state secrets out", of)
	day, err := workday.ParseDay(string(e.UpdatedAt))
	c.want(err == nil && day <= Written, "%s: updated on %q", of, e.UpdatedAt)
	c.want(e.Sharing != "", "%s: no sharing type", of)
	c.article26(of, e.Sharing, e.Reason, e.Grounds, e.UpdatedAt)
	c.want(len(e.Items) >= 3 && len(e.Items) <= 12, "%s: %d items", of, len(e.Items))
	top := ""
	names := map[string]bool{}
	for _, i := range e.Items {
		c.item(of, e, i)
		c.want(!names[i.Name], "%s: item %s occurs twice", of, i.Name)
		names[i.Name] = true
		top = max(top, i.Level)
	}
	c.want(e.Level == top, "%s: level %q, highest item %q", of, e.Level, top)
	c.entries[e.ID] = e
}

func (c *checker) item(of string, e Entry, i Item) {
	of += ", item " + i.Name
	c.uuid(of, i.ID)
	c.want(i.Name != "", "%s: no name", of)
	c.want(typeShape.MatchString(i.DataType), "%s: data type %q", of, i.DataType)
	c.want(slices.Contains(levels, i.Level), "%s: level %q", of, i.Level)
	c.want(i.Level <= e.Level, "%s: level %s above the entry's %s", of, i.Level, e.Level)
	if i.Sharing == "" {
		c.want(i.Reason == "" && len(i.Grounds) == 0, "%s: reason or grounds without a type of its own", of)
		return
	}
	c.want(i.Sharing != e.Sharing, "%s: repeats the entry's sharing type", of)
	c.article26(of, i.Sharing, i.Reason, i.Grounds, e.UpdatedAt)
}

// article26 wants a reason and a valid ground for whatever is not shared
// unconditionally, and neither for what is. Article 26(1).
func (c *checker) article26(of string, s catalog.Sharing, reason string, grounds []law.Claim, on workday.Day) {
	switch s {
	case catalog.Unconditional:
		c.want(reason == "" && len(grounds) == 0, "%s: unconditional, yet restricted", of)
	case catalog.Authorized, catalog.NotShared:
		c.want(reason != "", "%s: Article 26 wants a reason", of)
		c.want(len(grounds) > 0, "%s: Article 26 wants a ground", of)
		c.grounds(of, grounds, on)
	case catalog.Unclassified:
		c.want(false, "%s: still unclassified", of)
	default:
		c.want(false, "%s: sharing type %q", of, s)
	}
}

func (c *checker) grounds(of string, grounds []law.Claim, on workday.Day) {
	for _, g := range grounds {
		_, err := law.NewGround(g, on, nil)
		c.want(err == nil, "%s: ground %s%s: %v", of, g.Title, g.Article, err)
	}
}

func (c *checker) scenario(s Scenario) {
	of := "scenario " + s.Name
	c.uuid(of, s.ID)
	c.want(s.Name != "" && s.Application != "" && s.Purpose != "" && s.Version > 0, "%s: incomplete", of)
	c.want(slices.Contains(domains, s.Domain), "%s: domain %q", of, s.Domain)
	day, err := workday.ParseDay(string(s.Until))
	c.want(err == nil && day > Written, "%s: until %q", of, s.Until)
	c.want(len(s.Eligible) > 0, "%s: nobody is eligible", of)
	for _, id := range s.Eligible {
		c.knownAgency(of, id)
		c.want(id != c.entries[s.Entry].Agency, "%s: the provider is eligible for its own data", of)
	}
	e := c.knownItems(of, s.Entry, s.ItemIDs)
	c.want(len(s.ItemIDs) < len(e.Items), "%s: the whitelist is the whole entry", of)
	for _, i := range e.Items {
		if slices.Contains(s.ItemIDs, i.ID) {
			c.want(e.SharingOf(i) == catalog.Authorized, "%s: item %s is not authorized sharing", of, i.Name)
		}
	}
}

// knownItems checks that the items are distinct items of the entry, and gives the entry.
func (c *checker) knownItems(of, entry string, items []string) Entry {
	e, known := c.entries[entry]
	c.want(known, "%s: unknown entry %q", of, entry)
	c.want(len(items) > 0, "%s: no items", of)
	seen := map[string]bool{}
	for _, id := range items {
		c.want(!seen[id], "%s: item %s twice", of, id)
		seen[id] = true
		found := slices.ContainsFunc(e.Items, func(i Item) bool { return i.ID == id })
		c.want(found, "%s: item %s is not of the entry", of, id)
	}
	return e
}

// SharingOf is the sharing type that holds for the item: its own, or the entry's.
func (e Entry) SharingOf(i Item) catalog.Sharing {
	if i.Sharing != "" {
		return i.Sharing
	}
	return e.Sharing
}
