package api

import (
	"bytes"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"datagov/domain/agency"
	"datagov/internal/testkit"
)

// exportedBook opens what an export gives.
func exportedBook(t testing.TB, who agency.Actor, path string) *excelize.File {
	t.Helper()
	answer := asked(t, who, http.MethodGet, path, nil, "")
	kind, names, err := mime.ParseMediaType(answer.Header().Get("Content-Disposition"))
	if answer.Code != http.StatusOK || answer.Header().Get("Content-Type") != sheetType || err != nil || kind != "attachment" ||
		!strings.HasSuffix(names["filename"], ".xlsx") || answer.Header().Get("Content-Length") != strconv.Itoa(answer.Body.Len()) {
		t.Fatalf("export %s: %d %v %.300s (%v)", path, answer.Code, answer.Header(), answer.Body, err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(answer.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// table gives the rows of a sheet below its banners.
func table(t testing.TB, f *excelize.File, index, banners int) [][]string {
	t.Helper()
	rows, err := f.GetRows(f.GetSheetName(index))
	if err != nil {
		t.Fatal(err)
	}
	return rows[banners:]
}

func TestAListIsExportedAsItStands(t *testing.T) {
	t.Parallel()
	mine := []string{}
	for range 3 {
		mine = append(mine, opened(t).ID)
	}
	f := exportedBook(t, auditor, "/share-requests/export?status=sign_off&limit=1&cursor=")
	rows := table(t, f, 0, 3)
	if rows[0][0] != "标题" || len(rows) < 4 {
		t.Fatalf("rows %v", rows)
	}
	found := 0
	for _, row := range rows[1:] {
		if row[4] != "负责人审签" {
			t.Errorf("not as filtered: %v", row)
		}
		if slices.Contains(mine, row[8]) {
			found++
			if row[0] != "'=区民政局申请共享" || row[2] != "区民政局" || row[3] != "区卫生健康委" {
				t.Errorf("row %v", row)
			}
		}
	}
	banners, err := f.GetRows(f.GetSheetName(0))
	if found != 3 || err != nil || banners[0][0] != "共享申请列表" || banners[1][0] != "筛选：状态“负责人审签”" || !strings.Contains(banners[2][0], "导出人：区政府办公室 auditor-1") {
		t.Errorf("%d of 3 found, banners %v, %v", found, banners[:3], err)
	}
	if other := table(t, exportedBook(t, testkit.Stranger, "/share-requests/export"), 0, 3); len(other) != 1 {
		t.Errorf("a stranger takes along %v", other)
	}
}

func TestEveryExportIsOnRecord(t *testing.T) {
	t.Parallel()
	who := testkit.ProviderHead
	for _, path := range []string{"/tasks/export?box=cc", "/tasks/export?box=started", "/grants/export", "/catalog/entries/export?q=档案", "/briefing/export"} {
		exportedBook(t, who, path)
	}
	events, err := desk.store.Events(t.Context(), "account/"+who.Account, 0, 100)
	lists := []string{}
	for _, e := range events {
		if e.Name == "account.exported" {
			lists = append(lists, e.Body)
		}
	}
	if err != nil || len(lists) != 5 || lists[3] != `{"list":"entries","rows":1}` {
		t.Errorf("on record: %v, %v", lists, err)
	}
	for path, status := range map[string]int{
		"/tasks/export?box=x": 422, "/grants/export": 403, "/briefing/export": 403, "/catalog/entries/export?q=" + strings.Repeat("x", 101): 422,
	} {
		who := testkit.Clerk
		if path == "/grants/export" {
			who = agency.Actor{Account: "administrator-1"}
			status = http.StatusUnauthorized
		}
		if answer := asked(t, who, http.MethodGet, path, nil, ""); answer.Code != status {
			t.Errorf("%s: %d, want %d", path, answer.Code, status)
		}
	}
}
