// Package tests proves the sentences of the measure on the built binary, over
// HTTP, on both databases. Nothing here reaches into the server: a test acts as
// the people of the demo district, reads the record with SQL, and kills the
// process where a power cut would.
//
// Tests of one database share one server (see districts) and make cases of
// their own; a test that stops or kills a server starts one for itself. The
// binary is DATAGOV_BINARY, or is built once when that is unset.
package tests
