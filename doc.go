// Package datagov is the root of the software for 《宝山区公共数据管理办法》. It
// holds no code: its tests keep the shape of the repository, such as who may
// import whom and which article is carried out where. Start with README.md and
// docs/tour.md.
package datagov

//go:generate go test -count=1 -run ^TestArticlesDocumentIsUpToDate$ . -update
//go:generate go test -count=1 -run ^TestTheDocumentListsEverySetting$ ./internal/config -update
