package activities

import (
	"errors"

	"go.temporal.io/sdk/temporal"

	"datagov/domain/fault"
)

// Refuse turns a refusal into an error that Temporal does not retry and that
// keeps its kind, sentence and citations on the way back to the client. Trouble
// stays as it is and is retried.
func Refuse(err error) error {
	f := fault.As(err)
	if f == nil {
		return err
	}
	return temporal.NewApplicationErrorWithOptions(f.Text, string(f.Kind), temporal.ApplicationErrorOptions{
		NonRetryable: true, Category: temporal.ApplicationErrorCategoryBenign, Details: []any{*f},
	})
}

// Refusal finds the refusal inside an error that came through Temporal, or
// gives the error back as it is.
func Refusal(err error) error {
	var app *temporal.ApplicationError
	if !errors.As(err, &app) || !app.HasDetails() {
		return err
	}
	var f fault.Error
	if app.Details(&f) != nil || f.Kind == "" {
		return err
	}
	return &f
}
