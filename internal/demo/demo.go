// Package demo is the fictional district 示例区 that a fresh installation can be
// filled with: its agencies, accounts, catalog, one scenario and the scripts of
// six cases. Nothing in it describes a real district, person or dataset; the
// legal grounds are real and quoted word for word.
//
// Call [Load] and hand the result to a seeder. Agencies, accounts, entries and
// scenarios are rows to insert; a [Case] is a script of acts that the seeder
// plays over the API, so that demo cases run the real procedure. Load checks
// everything it returns: data that breaks Article 26 never reaches a database.
package demo

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"datagov/domain/agency"
	"datagov/domain/casework"
	"datagov/domain/catalog"
	"datagov/domain/law"
	"datagov/domain/workday"
)

//go:embed district.json
var districtJSON []byte

//go:embed catalog.json
var catalogJSON []byte

// Written is the day on which the demo data was written: no entry is updated
// later, and the grounds of its cases are in force on it.
const Written workday.Day = "2026-11-23"

// District is the whole demo district.
type District struct {
	Name      string     `json:"name"`
	Agencies  []Agency   `json:"agencies"`
	Accounts  []Account  `json:"accounts"`
	Scenarios []Scenario `json:"scenarios"`
	Cases     []Case     `json:"cases"`
	// Entries come from a file of their own.
	Entries []Entry `json:"-"`
}

// Agency is one agency of the district.
type Agency struct {
	ID   agency.ID   `json:"id"`
	Name string      `json:"name"`
	Kind agency.Kind `json:"kind"`
}

// Account is one person's log-in. The seeder sets the password.
type Account struct {
	Username string       `json:"username"`
	Name     string       `json:"name"`
	Agency   agency.ID    `json:"agency"`
	Roles    []Assignment `json:"roles"`
}

// Holds says whether the account holds the role, in its own agency or district-wide.
func (a Account) Holds(role agency.Role) bool {
	for _, r := range a.Roles {
		if r.Role == role {
			return true
		}
	}
	return false
}

// Assignment is a role in a domain: an agency's ID, or [DistrictWide].
type Assignment struct {
	Role   agency.Role `json:"role"`
	Domain string      `json:"domain"`
}

// DistrictWide is the domain of roles that are not bound to one agency.
const DistrictWide = "*"

// Entry is one catalog entry. Articles 17, 26, 38.
type Entry struct {
	ID      string          `json:"id"`
	Code    string          `json:"code"`
	Name    string          `json:"name"`
	Summary string          `json:"summary"`
	Agency  agency.ID       `json:"agency"`
	Sharing catalog.Sharing `json:"sharing"`
	// Open is open, conditional or not_open. Article 32.
	Open string `json:"open"`
	// Level is the highest level of the items, L1 to L4.
	Level       string      `json:"level"`
	Secrecy     string      `json:"secrecy"`
	UpdateCycle string      `json:"updateCycle"`
	Format      string      `json:"format"`
	UpdatedAt   workday.Day `json:"updatedAt"`
	// Reason and Grounds are required unless the entry is unconditional.
	Reason  string      `json:"reason,omitempty"`
	Grounds []law.Claim `json:"grounds,omitempty"`
	Items   []Item      `json:"items"`
}

// Item is one data item of an entry.
type Item struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	DataType string `json:"dataType"`
	Level    string `json:"level"`
	// Sharing is empty where the item follows its entry; otherwise the item
	// carries its own reason and grounds.
	Sharing catalog.Sharing `json:"sharing,omitempty"`
	Reason  string          `json:"reason,omitempty"`
	Grounds []law.Claim     `json:"grounds,omitempty"`
}

// Scenario is an active application scenario. Article 27.
type Scenario struct {
	ID          string      `json:"id"`
	Name        string      `json:"name"`
	Domain      string      `json:"domain"`
	Application string      `json:"application"`
	Purpose     string      `json:"purpose"`
	Version     int         `json:"version"`
	Until       workday.Day `json:"until"`
	Entry       string      `json:"entry"`
	ItemIDs     []string    `json:"itemIds"`
	Eligible    []agency.ID `json:"eligible"`
}

// Case is the script of one share request: what is asked, and every act that
// follows, in order.
type Case struct {
	// Key names the script; it can serve as the base of idempotency keys.
	Key   string `json:"key"`
	Title string `json:"title"`
	// As is the account that submits the request.
	As        string   `json:"as"`
	Entry     string   `json:"entry"`
	ItemIDs   []string `json:"itemIds"`
	Purpose   string   `json:"purpose"`
	Basis     string   `json:"basis"`
	Mode      string   `json:"mode"`
	System    string   `json:"system"`
	UntilDays int      `json:"untilDays"` // calendar days from the day of seeding
	Acts      []Act    `json:"acts"`
	// Status is where the case stands when the script has been played.
	Status string `json:"status"`
}

// Act is one step of a script: who does what, and the body to post.
type Act struct {
	As  string `json:"as"`
	Act string `json:"act"`
	// Side names the opinion meant by draft_opinion and sign_opinion. The
	// seeder signs the latest draft of that side.
	Side string `json:"side,omitempty"`
	Body Body   `json:"body"`
}

// Body is what an act posts; each act uses the fields it needs.
type Body struct {
	Outcome    string               `json:"outcome,omitempty"`
	Reason     string               `json:"reason,omitempty"`
	Side       string               `json:"side,omitempty"`
	Conditions []casework.Condition `json:"conditions,omitempty"`
	Grounds    []law.Claim          `json:"grounds,omitempty"`
	ItemIDs    []string             `json:"itemIds,omitempty"`
	Missing    []string             `json:"missing,omitempty"`
	Note       string               `json:"note,omitempty"`
}

// Load reads and checks the demo district. The error joins every fault found;
// with an error nothing of the district may be used.
func Load() (District, error) {
	d, err := parse(districtJSON, catalogJSON)
	if err != nil {
		return District{}, err
	}
	if err := d.Check(); err != nil {
		return District{}, err
	}
	return d, nil
}

func parse(district, entries []byte) (District, error) {
	var d District
	if err := decode(district, &d); err != nil {
		return District{}, fmt.Errorf("read district.json: %w", err)
	}
	if err := decode(entries, &d.Entries); err != nil {
		return District{}, fmt.Errorf("read catalog.json: %w", err)
	}
	return d, nil
}

// decode reads exactly one JSON value without unknown fields.
func decode(data []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one value")
	}
	return nil
}
