// Command export writes the contract as an OpenAPI document: go generate ./api.
package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"time"

	"datagov/api"
	"datagov/rbac"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run declares the operations without a record or an engine and writes the document.
func run(args []string) error {
	authorizer, err := rbac.New()
	if err != nil {
		return err
	}
	server, err := api.New(api.Options{Rbac: authorizer, Log: slog.Default(), Now: time.Now, Version: "1"})
	if err != nil {
		return err
	}
	b, err := json.MarshalIndent(server.OpenAPI(), "", "  ")
	if err != nil {
		return err
	}
	if len(args) != 1 {
		return fmt.Errorf("usage: export FILE")
	}
	return os.WriteFile(args[0], append(b, '\n'), 0o644) //nolint:gosec // a committed document, readable by all
}
