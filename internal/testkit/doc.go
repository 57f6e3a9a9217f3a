// Package testkit gives tests the real databases they run on. [Postgres] and
// [SQLite] each return the data source name of a database that belongs to one
// test and is gone after it.
//
// The PostgreSQL cluster is made for the test process, listens on a Unix socket
// in a folder of its own, and ends with the process however the process ends. A
// machine without PostgreSQL fails the tests with the command that installs it:
// a database that is skipped is a database that is broken.
package testkit
