package storetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"testing"

	"datagov/domain/audit"
	"datagov/domain/casework"
	"datagov/domain/fault"
	"datagov/domain/sharing"
	"datagov/internal/testkit"
	"datagov/store"
)

// scan is a file of the given size, and its attachment to a case.
func scan(id, caseID string, size int) (store.Attachment, []byte) {
	content := bytes.Repeat([]byte("0123456789abcdef\x00\xff\\'"), size/20+1)[:size]
	sum := sha256.Sum256(content)
	return store.Attachment{
		ID: id, CaseID: caseID, Name: "说明 '\"" + id + ".pdf", Kind: "pdf", Bytes: int64(size), SHA256: hex.EncodeToString(sum[:]), Note: "附注",
		UploadedBy: testkit.Clerk.Account, AgencyID: "civil", UploadedAt: at,
	}, content
}

func keepsAttachments(t *testing.T, r record) {
	t.Helper()
	r.insert("case")
	a, content := scan("a", "case", 700_000) // three pieces
	again, _ := scan("b", "case", 700_000)
	for _, one := range []store.Attachment{a, again} {
		r.write(func(ctx context.Context, tx store.Tx) error {
			return tx.InsertAttachment(ctx, one, bytes.NewReader(content))
		})
	}
	list, err := r.Attachments(t.Context(), "case")
	if err != nil || len(list) != 2 || list[0].Name != a.Name || list[0].Note != "附注" || list[0].Bytes != a.Bytes {
		t.Errorf("attachments %+v, %v", list, err)
	}
	var back bytes.Buffer
	if err := r.CopyContent(t.Context(), &back, a.SHA256); err != nil || !bytes.Equal(back.Bytes(), content) {
		t.Errorf("%d of %d bytes come back, %v", back.Len(), len(content), err)
	}
	var pieces int
	r.must(r.DB().NewRaw("SELECT count(*) FROM attachment_content").Scan(t.Context(), &pieces))
	if pieces != 3 {
		t.Errorf("the same bytes stand in %d pieces", pieces)
	}
	short, _ := scan("c", "case", 30)
	if err := r.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error {
		return tx.InsertAttachment(ctx, short, strings.NewReader("too short"))
	}); err == nil {
		t.Error("an attachment without its whole content was written")
	}
	r.refuses("rename an attachment", "UPDATE attachment SET name = 'x.pdf'")
	r.refuses("remove an attachment", "DELETE FROM attachment")
	r.refuses("change content", "UPDATE attachment_content SET position = 9")
	r.refuses("remove content", "DELETE FROM attachment_content")
	r.refuses("add to the content of an attachment", "INSERT INTO attachment_content SELECT sha256, 9, content FROM attachment_content WHERE position = 0")
	_, err = r.Attachment(t.Context(), "nothing")
	missing(t, "attachment", err)
}

// attachesWhileMoving lets attachments and moves of one case race: every writer
// either is told that he was too slow or leaves his row, and the chain holds.
func attachesWhileMoving(t *testing.T, r record) {
	t.Helper()
	r.insert("case")
	stream := sharing.Request{ID: "case"}.Stream()
	var wg sync.WaitGroup
	for w := range 6 {
		wg.Go(func() {
			write := move(told(stream, w))
			if w%2 == 1 {
				write = attach(fmt.Sprintf("a%d", w), told(stream, w))
			}
			err := r.retried(write)
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	events, err := r.Events(t.Context(), stream, 0, 100)
	r.must(err)
	list, listErr := r.Attachments(t.Context(), "case")
	c, caseErr := r.ShareRequest(t.Context(), "case")
	if err := audit.Verify(events); err != nil || listErr != nil || caseErr != nil || len(events) != 6 || len(list) != 3 || c.Version != 4 {
		t.Errorf("%d events (%v), %d attachments (%v), version %d (%v)", len(events), err, len(list), listErr, c.Version, caseErr)
	}
	stale := c.Request
	stale.Version--
	if err := r.Tx(t.Context(), func(ctx context.Context, tx store.Tx) error { return tx.HoldShareRequest(ctx, stale) }); !store.IsStale(err) {
		t.Errorf("a case that has moved on is held: %v", err)
	}
}

// move moves the case "case" without changing anything.
func move(e audit.Event) func(ctx context.Context, tx store.Tx) error {
	return func(ctx context.Context, tx store.Tx) error {
		c, err := tx.ShareRequest(ctx, "case")
		if err != nil {
			return err
		}
		moved := c
		moved.Request = c.Clone()
		if err := tx.SaveShareRequest(ctx, c.Request, &moved, at); err != nil {
			return err
		}
		return tx.AppendEvents(ctx, []audit.Event{e})
	}
}

// attach adds the same bytes as every other attachment to the case "case".
func attach(id string, e audit.Event) func(ctx context.Context, tx store.Tx) error {
	a, content := scan(id, "case", 1000)
	return func(ctx context.Context, tx store.Tx) error {
		c, err := tx.ShareRequest(ctx, "case")
		if err != nil {
			return err
		}
		if err := tx.HoldShareRequest(ctx, c.Request); err != nil {
			return err
		}
		if err := tx.InsertAttachment(ctx, a, bytes.NewReader(content)); err != nil {
			return err
		}
		return tx.AppendEvents(ctx, []audit.Event{e})
	}
}

func keepsPhrases(t *testing.T, r record) {
	t.Helper()
	add := func(id string, scope casework.PhraseScope, owner string) error {
		return r.retried(func(ctx context.Context, tx store.Tx) error {
			if err := tx.AppendEvents(ctx, []audit.Event{told("account/"+owner, 1)}); err != nil {
				return err
			}
			return tx.InsertPhrase(ctx, store.Phrase{
				ID: id, Scope: string(scope), Owner: owner, Step: "form_check", Text: "材料齐全", CreatedBy: testkit.Clerk.Account, CreatedAt: at,
			})
		})
	}
	r.must(add("agency", casework.AgencyPhrase, "civil"))
	var wg sync.WaitGroup
	refused := make(chan error, casework.Phrases+6)
	for i := range casework.Phrases - 3 {
		r.must(add(fmt.Sprintf("p%03d", i), casework.OwnPhrase, "civil-1"))
	}
	for i := range 6 {
		wg.Go(func() { refused <- add(fmt.Sprintf("late%d", i), casework.OwnPhrase, "civil-1") })
	}
	wg.Wait()
	close(refused)
	kept := 0
	for err := range refused {
		if err == nil {
			kept++
		} else if fault.KindOf(err) != fault.Conflict {
			t.Errorf("the phrase too many: %v", err)
		}
	}
	list, err := r.Phrases(t.Context(), casework.OwnPhrase, "civil-1")
	if err != nil || kept != 3 || len(list) != casework.Phrases {
		t.Errorf("%d were kept of three, %d phrases, %v", kept, len(list), err)
	}
	remove := func(ctx context.Context, tx store.Tx) error { return tx.DeletePhrase(ctx, "agency") }
	r.must(r.Tx(t.Context(), remove))
	missing(t, "removed phrase", r.Tx(t.Context(), remove))
	_, err = r.Phrase(t.Context(), "agency")
	missing(t, "phrase", err)
}
