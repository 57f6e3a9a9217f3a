package worker

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"datagov/domain/fault"
	"datagov/internal/paper"
)

// How often new papers are looked for, how many at once, and how far back: a
// paper whose transaction took long is not missed.
const (
	printEvery = time.Second
	printBatch = 20
	printSince = time.Hour
)

// Printer makes the files of papers.
type Printer interface {
	Make(ctx context.Context, paperID, format string) error
}

// PrintWith gives the worker the press. Without one, files are made when
// somebody first asks for them.
func (w *Worker) PrintWith(p Printer) *Worker {
	w.printer = p
	return w
}

// printPapers checks the templates once and then makes the files of new papers,
// so that the hash of a paper is known soon after its issue. A template that is
// not sound stops the start: with it, an act that calls for the paper would fail.
func (w *Worker) printPapers(ctx context.Context) error {
	if err := w.casework.Store.CheckPaperTemplates(ctx); err != nil && ctx.Err() == nil {
		return err
	}
	if w.printer == nil {
		return nil
	}
	ticks := time.NewTicker(printEvery)
	defer ticks.Stop()
	broken := map[string]bool{} // said once, not every second
	for since := (time.Time{}); ; since = time.Now().Add(-printSince) {
		for _, format := range []string{paper.DOCX, paper.PDF} {
			w.printSome(ctx, format, since, broken)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticks.C:
		}
	}
}

func (w *Worker) printSome(ctx context.Context, format string, since time.Time, broken map[string]bool) {
	for {
		ids, err := w.casework.Store.PapersWithout(ctx, format, since, printBatch+len(broken))
		if err != nil {
			w.warn(ctx, "look for papers without a file", err)
			return
		}
		made := 0
		for _, id := range ids {
			if broken[format+id] {
				continue
			}
			if err := w.printer.Make(ctx, id, format); err == nil {
				made++
			} else if ctx.Err() == nil {
				broken[format+id] = true
				w.failed(ctx, id, format, err)
			}
		}
		if made == 0 || ctx.Err() != nil {
			return
		}
	}
}

// failed says that a paper has no file; that there is no type is known already.
func (w *Worker) failed(ctx context.Context, id, format string, err error) {
	var refusal *fault.Error
	if errors.As(err, &refusal) && refusal.Kind == fault.Unavailable {
		return
	}
	w.log.ErrorContext(ctx, "paper cannot be made", slog.String("paper", id), slog.String("format", format), slog.Any("error", err))
}
