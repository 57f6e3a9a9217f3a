// Package web carries the built page inside the program.
//
// The page is a React application in src/; npm run build writes it to dist/,
// which is not in the repository. A program built before the page was built
// carries a placeholder that says so; the API works all the same.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist placeholder
var built embed.FS

// Files is the root of the page: the built one when dist/index.html was there
// at compile time, otherwise the placeholder.
func Files() fs.FS {
	root := "dist"
	if _, err := fs.Stat(built, "dist/index.html"); err != nil {
		root = "placeholder"
	}
	files, err := fs.Sub(built, root)
	if err != nil {
		panic("web: " + err.Error()) //nolint:forbidigo // both names are constants above
	}
	return files
}

// PaperType is the Chinese type that papers are set in, a TrueType file that
// the build of the page puts beside it; nil in a program built without the page.
func PaperType() []byte {
	content, err := built.ReadFile("dist/type/paper.ttf")
	if err != nil {
		return nil
	}
	return content
}
