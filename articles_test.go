package datagov_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	measure    = ""   // a bare citation is of the measure
	regulation = "TL" // 政务数据共享条例
)

// lastArticle is the number of articles of each text that may be cited.
var lastArticle = map[string]int{measure: 49, regulation: 44}

// cited finds "Article 26(2)", "Articles 25–27", "Article 3, 47" and "TL 21, 22";
// an article "of the Civil Code" or of any other named text is not ours.
var cited = regexp.MustCompile(`\b(Articles?|TL) (\d+(?:\(\d+\))*(?:(?:–|-|, | and )\d+(?:\(\d+\))*)*)( of (?:the )?[A-Z])?`)

var number = regexp.MustCompile(`(–|-)?(\d+)(?:\(\d+\))*`)

// columns of docs/articles.md, in the order in which an article becomes software.
var columns = []string{"rule", "workflow", "operation", "test"}

// trace says where each article of a text is carried out: law → article → column → places.
type trace map[string]map[int]map[string][]string

func (tr trace) add(law string, article int, column, place string) {
	if tr[law] == nil {
		tr[law] = map[int]map[string][]string{}
	}
	if tr[law][article] == nil {
		tr[law][article] = map[string][]string{}
	}
	if !slices.Contains(tr[law][article][column], place) {
		tr[law][article][column] = append(tr[law][article][column], place)
	}
}

// citations reads what a text cites; a range cites everything in it.
func citations(text string, each func(law string, article int)) {
	text = strings.Join(strings.Fields(strings.ReplaceAll(text, "//", " ")), " ")
	for _, m := range cited.FindAllStringSubmatch(text, -1) {
		law, last := measure, 0
		if m[1] == "TL" {
			law = regulation
		}
		if m[3] != "" {
			continue
		}
		for _, n := range number.FindAllStringSubmatch(m[2], -1) {
			article, _ := strconv.Atoi(n[2]) // digits by the expression
			if n[1] != "" {
				for a := last + 1; a < article; a++ {
					each(law, a)
				}
			}
			each(law, article)
			last = article
		}
	}
}

// column says what a Go file is to an article, or nothing.
func column(path string) string {
	folder, _, _ := strings.Cut(filepath.ToSlash(path), "/")
	switch {
	case strings.HasSuffix(path, "_test.go"):
		return "test"
	case folder == "domain":
		return "rule"
	case folder == "workflows":
		return "workflow"
	}
	return ""
}

func readTrace(t *testing.T) trace {
	t.Helper()
	tr := trace{}
	sources(t, func(path string) {
		c := column(path)
		if c == "" || filepath.Ext(path) != ".go" || !strings.Contains(path, "/") {
			return
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, group := range file.Comments {
			citations(group.Text(), func(law string, article int) { tr.add(law, article, c, path) })
		}
	})
	readOperations(t, tr)
	return tr
}

// readOperations reads x-article of the contract: a citation, or a list of them,
// written like in comments or as edition#article.
func readOperations(t *testing.T, tr trace) {
	t.Helper()
	text, err := os.ReadFile("api/openapi.json")
	if errors.Is(err, fs.ErrNotExist) {
		return // no operation is declared yet
	}
	var contract struct {
		Paths map[string]map[string]json.RawMessage `json:"paths"`
	}
	if err := errors.Join(err, json.Unmarshal(text, &contract)); err != nil {
		t.Fatal(err)
	}
	for _, operations := range contract.Paths {
		for _, raw := range operations {
			var op struct {
				ID      string `json:"operationId"`
				Article any    `json:"x-article"`
			}
			if json.Unmarshal(raw, &op) != nil || op.Article == nil {
				continue // not an operation, such as parameters of the path
			}
			for _, text := range listOf(op.Article) {
				if text != "" && text[0] >= '0' && text[0] <= '9' {
					text = "Article " + text
				}
				citations(text, func(law string, article int) { tr.add(law, article, "operation", op.ID) })
			}
		}
	}
}

func listOf(value any) []string {
	list, ok := value.([]any)
	if !ok {
		list = []any{value}
	}
	var all []string
	for _, v := range list {
		all = append(all, fmt.Sprint(v))
	}
	return all
}

type article struct {
	number              int
	title, status, note string
}

func readArticles(t *testing.T) []article {
	t.Helper()
	text, err := os.ReadFile("testdata/articles.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var all []article
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		n, err := strconv.Atoi(cells[0])
		if err != nil || len(cells) != 4 || n != len(all)+1 {
			t.Fatalf("testdata/articles.tsv: bad line %q", line)
		}
		all = append(all, article{n, cells[1], cells[2], cells[3]})
	}
	return all
}

func TestArticlesAreTraced(t *testing.T) {
	t.Parallel()
	tr, all := readTrace(t), readArticles(t)
	if len(all) != lastArticle[measure] {
		t.Errorf("testdata/articles.tsv lists %d articles, want %d", len(all), lastArticle[measure])
	}
	for law, articles := range tr {
		for n, places := range articles {
			if n < 1 || n > lastArticle[law] {
				t.Errorf("%s %d does not exist, but is cited by %v", cmp.Or(law, "Article"), n, places)
			}
		}
	}
	_, err := os.Stat("workflows")
	for _, a := range all {
		places := tr[measure][a.number]
		switch a.status {
		case "implemented":
			if err == nil && (len(places["rule"]) == 0 || len(places["test"]) == 0) {
				t.Errorf("Article %d is listed as implemented, but has rules %v and tests %v", a.number, places["rule"], places["test"])
			}
		case "policy":
			if a.note == "" {
				t.Errorf("Article %d is listed as policy without a reason", a.number)
			}
		case "planned":
		default:
			t.Errorf("Article %d has the unknown status %q", a.number, a.status)
		}
	}
}

func TestArticlesDocumentIsUpToDate(t *testing.T) {
	t.Parallel()
	const file = "docs/articles.md"
	want := articlesDocument(readTrace(t), readArticles(t))
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil || string(got) != want {
		t.Errorf("%s is out of date (%v); run make generate and review the difference", file, err)
	}
}

func articlesDocument(tr trace, all []article) string {
	var b strings.Builder
	b.WriteString("# Which article is carried out where\n\n" +
		"Generated by `make generate` from the citations in comments and in the contract; see `articles_test.go`. " +
		"Titles and statuses come from `testdata/articles.tsv`.\n\n## 宝山区公共数据管理办法\n\n")
	head := func(first string) {
		b.WriteString("| " + first + " | " + strings.Join(columns, " | ") + " |\n" + strings.Repeat("|---", len(columns)+1) + "|\n")
	}
	head("article")
	for _, a := range all {
		name := fmt.Sprintf("%d %s: %s", a.number, a.title, a.status)
		if a.note != "" {
			name += " (" + a.note + ")"
		}
		writeRow(&b, name, tr[measure][a.number])
	}
	b.WriteString("\n## 政务数据共享条例\n\nOnly the articles that are cited.\n\n")
	head("article")
	for n := 1; n <= lastArticle[regulation]; n++ {
		if places := tr[regulation][n]; places != nil {
			writeRow(&b, "TL "+strconv.Itoa(n), places)
		}
	}
	return b.String()
}

func writeRow(b *strings.Builder, name string, places map[string][]string) {
	b.WriteString("| " + name)
	for _, c := range columns {
		var cells []string
		for _, place := range slices.Sorted(slices.Values(places[c])) {
			cells = append(cells, "`"+place+"`")
		}
		b.WriteString(" | " + strings.Join(cells, "<br>"))
	}
	b.WriteString(" |\n")
}

func TestCitationsAreUnderstood(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Article 26(2).":                 "26",
		"Articles 25–27; TL 21, 22.":     "25 26 27 TL21 TL22",
		"Article 3, 47: see there":       "3 47",
		"TL 14 and 15 would":             "TL14 TL15",
		"the Article\n26 of the measure": "26",
		"Article 203 of the Civil Code":  "",
		"Article 24(3)(1)":               "24",
		"an article 9":                   "",
	} {
		var got []string
		citations(text, func(law string, n int) { got = append(got, law+strconv.Itoa(n)) })
		if strings.Join(got, " ") != want {
			t.Errorf("%q cites %v, want %s", text, got, want)
		}
	}
}
