package tests

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"datagov/internal/demo"
)

// settled waits until the record has come to rest: every grant provisioned,
// every event published.
func settled(t testing.TB, p place) {
	t.Helper()
	db := p.open(t, "ro")
	eventually(t, "the record has come to rest", func() bool {
		busy, err := numberOf(db, "SELECT (SELECT count(*) FROM event_pending) + (SELECT count(*) FROM access_grant WHERE status = 'provisioning')"+
			" + 2 * (SELECT count(*) FROM paper) - (SELECT count(*) FROM paper_file)")
		return err == nil && busy == 0
	})
}

func TestServeDemoOnASeededFolderChangesNothing(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p place) {
		r := serve(t, p)
		settled(t, p)
		r.stop(t)
		before := everything(t, p)
		if before["share_request"] != 6 || before["catalog_entry"] < 60 || before["agency"] < 30 {
			t.Errorf("the demo district holds %v", before)
		}
		for range 2 {
			r = r.again(t)
			r.as(t, "civil").read(t, "/me").want(t, http.StatusOK)
			r.stop(t)
			unchanged(t, before, everything(t, p))
		}
		out := launch(t, p, "migrate")
		if code := out.exitCode(t); code != 0 {
			t.Errorf("migrate ends with %d: %s", code, out.out)
		}
		unchanged(t, before, everything(t, p))
	})
}

func TestServeDemoIsRefusedOnAnAddressOthersReach(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:0"} {
		r := launch(t, place{data: t.TempDir()}, "serve", "--demo", "--listen", address)
		if code := r.exitCode(t); code == 0 || !strings.Contains(r.out.String(), "--demo-public") {
			t.Errorf("%s: ends with %d: %s", address, code, r.out)
		}
	}
}

func TestServeAPIAndWorkerRefuseAnUnmigratedRecord(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p place) {
		for _, part := range []string{"api", "worker"} {
			r := launch(t, p, part, "--temporal-address", "127.0.0.1:1", "--listen", "127.0.0.1:0")
			if code := r.exitCode(t); code == 0 || !strings.Contains(r.out.String(), "datagov migrate") {
				t.Errorf("%s ends with %d: %s", part, code, r.out)
			}
			r = launch(t, p, part, "--listen", "127.0.0.1:0")
			if code := r.exitCode(t); code == 0 || !strings.Contains(r.out.String(), "DATAGOV_TEMPORAL_ADDRESS") {
				t.Errorf("%s without an engine ends with %d: %s", part, code, r.out)
			}
		}
	})
}

// Engine, worker and API carry a case in processes of their own.
func TestServeInPartsApartCarriesACase(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p place) {
		seeding := serve(t, p)
		settled(t, p)
		seeding.stop(t)
		if r := launch(t, p, "migrate"); r.exitCode(t) != 0 {
			t.Fatal(r.out)
		}
		address := launch(t, p, "engine").says(t, `DATAGOV_TEMPORAL_ADDRESS=(\S+)`)
		worker := launch(t, p, "worker", "--temporal-address", address)
		api := launch(t, p, "api", "--temporal-address", address, "--listen", "127.0.0.1:0")
		api.base = api.says(t, `(http://127\.0\.0\.1:\d+)`)
		api.ready(t)
		m := api.asking(t).underReview(t)
		worker.kill()
		worker = launch(t, p, "worker", "--temporal-address", address)
		m.says(t, provider, agree)
		m.says(t, commission, agree).in(t, "granted")
		m.provisioned(t)
		api.stop(t)
		worker.stop(t)
		wholeChain(t, p, m.id)
	})
}

// page is one page of any list.
type page struct {
	Items []json.RawMessage
	Next  *string
}

func TestServeListsAreWalkedOneByOneWithoutGapsOrDoubles(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p place) {
		r := serve(t, p)
		settled(t, p)
		m := r.asking(t).underReview(t)
		for _, who := range demoAccounts {
			for _, list := range []string{
				"/share-requests", "/tasks?box=todo", "/tasks?box=done", "/tasks?box=started", "/tasks?box=cc", "/grants", "/catalog/entries",
				"/catalog/entries?sharing=not_shared", "/catalog/entries?q=信息", "/agencies", "/laws", "/cases/" + m.id + "/events",
				"/catalog/entries?q=nowhere", "/grants?entryId=" + entry(t, clinics).ID, "/share-requests?status=granted",
			} {
				list = strings.ReplaceAll(list, "信息", url.QueryEscape("信息"))
				a := r.as(t, who).read(t, list)
				if a.status == http.StatusForbidden || a.status == http.StatusNotFound {
					continue
				}
				var whole page
				a.want(t, http.StatusOK).into(t, &whole)
				if whole.Items == nil || !strings.Contains(string(a.body), `"next":`) {
					t.Errorf("%s of %s: %.200s", list, who, a.body)
				}
				if walked := paged(t, r.as(t, who), list); walked != whole.joined() && whole.Next == nil {
					t.Errorf("%s of %s: walking gives\n%s\nwant\n%s", list, who, walked, whole.joined())
				}
			}
		}
	})
}

func (p page) joined() string {
	all := ""
	for _, item := range p.Items {
		all += string(item) + "\n"
	}
	return all
}

// paged reads a list one item a page.
func paged(t *testing.T, p person, list string) string {
	t.Helper()
	join := "?"
	if strings.Contains(list, "?") {
		join = "&"
	}
	all, cursor, seen := "", "", map[string]bool{}
	for {
		var one page
		p.read(t, list+join+"limit=1"+cursor).want(t, http.StatusOK).into(t, &one)
		all += one.joined()
		if len(one.Items) > 1 || one.Next != nil && len(one.Items) != 1 {
			t.Fatalf("%s: a page of one holds %d", list, len(one.Items))
		}
		if one.Next == nil {
			return all
		}
		if seen[*one.Next] || *one.Next != url.QueryEscape(*one.Next) {
			t.Fatalf("%s: cursor %q comes again or is not safe in an address", list, *one.Next)
		}
		seen[*one.Next], cursor = true, "&cursor="+*one.Next
	}
}

func TestServeThrottlesFailedLogIns(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, p place) {
		r := serve(t, p)
		nobody := person{server: r}
		try := func(username, password string) answer {
			t.Helper()
			return nobody.send(t, http.MethodPost, "/session", map[string]string{"username": username, "password": password})
		}
		var wrong, unknown problem
		for range 5 {
			wrong = try("civil", "wrong-"+marker).refused(t, http.StatusUnauthorized)
			unknown = try("nobody-"+marker, "wrong").refused(t, http.StatusUnauthorized)
		}
		if wrong.Detail != unknown.Detail {
			t.Errorf("a stranger can tell which accounts exist: %q, %q", wrong.Detail, unknown.Detail)
		}
		try("civil", "wrong").refused(t, http.StatusTooManyRequests)
		try("CIVIL", demo.Password).refused(t, http.StatusTooManyRequests)
		try("civil", demo.Password).refused(t, http.StatusTooManyRequests)
		try("health", demo.Password).want(t, http.StatusCreated)
		try("civil'--", demo.Password).refused(t, http.StatusUnauthorized)
		for i := range 12 {
			if a := try("visitor"+string(rune('a'+i)), "wrong"); a.status == http.StatusTooManyRequests {
				try("health", demo.Password).refused(t, http.StatusTooManyRequests) // the address is locked now
				r.kill()
				r = r.again(t) // and stays so
				nobody.server = r
				try("health", demo.Password).refused(t, http.StatusTooManyRequests)
				return
			}
		}
		t.Error("an address may guess for ever")
	})
}
