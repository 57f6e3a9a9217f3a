package law

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"datagov/domain/workday"
)

//go:embed library.json
var libraryJSON []byte

// Known is one legal text on file, with the source of what is said of it.
type Known struct {
	Title     string  `json:"title"`
	DocNo     string  `json:"docNo"`
	Level     string  `json:"level"`
	InForceOn string  `json:"inForceOn"`
	Until     *string `json:"until"`
	Source    string  `json:"source"`
}

// Library lists the legal texts on file. It is dated data that catches a wrong
// rank or a repealed text; a text that is not on file may still be cited.
var Library = sync.OnceValues(func() ([]Known, error) {
	var known []Known
	if err := json.Unmarshal(libraryJSON, &known); err != nil {
		return nil, fmt.Errorf("read law library: %w", err)
	}
	return known, nil
})

// Editions turns the library into what [NewGround] compares with.
func Editions(known []Known) []Edition {
	list := make([]Edition, 0, len(known))
	for _, k := range known {
		e := Edition{Title: BareTitle(k.Title), DocNo: k.DocNo, Level: k.Level, Since: workday.Day(k.InForceOn)}
		if k.Until != nil {
			e.Until = workday.Day(*k.Until)
		}
		list = append(list, e)
	}
	return list
}

// Search lists texts whose title contains the words; an empty query lists all.
func Search(known []Known, query string) []Known {
	query = strings.TrimSpace(query)
	list := []Known{}
	for _, k := range known {
		if query == "" || strings.Contains(k.Title, query) {
			list = append(list, k)
		}
	}
	return list
}
