package workflows

import (
	"go.temporal.io/sdk/temporal"

	"datagov/domain/agency"
)

// TaskQueue is where the worker of the procedures listens.
const TaskQueue = "datagov"

// Names of the procedures in the engine. They are in histories: never rename one.
const (
	ShareRequestType = "ShareRequest"
	GrantType        = "Grant"
)

// ShareRequestID names the workflow of a share request.
func ShareRequestID(id string) string { return "share-request/" + id }

// GrantID names the workflow of a grant.
func GrantID(id string) string { return "grant/" + id }

// The search attributes of the engine, for operators; never personal data.
var (
	caseKind    = temporal.NewSearchAttributeKeyKeyword("CaseKind")
	caseAgency  = temporal.NewSearchAttributeKeyKeyword("Agency")
	caseArticle = temporal.NewSearchAttributeKeyKeyword("Article")
)

// ShareRequestAttributes are the search attributes of a share request: its
// kind, the requester and the article.
func ShareRequestAttributes(requester agency.ID) temporal.SearchAttributes {
	return temporal.NewSearchAttributes(
		caseKind.ValueSet(ShareRequestType), caseAgency.ValueSet(string(requester)), caseArticle.ValueSet("26"))
}
