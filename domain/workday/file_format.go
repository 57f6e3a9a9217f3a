package workday

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// parseJSON reads the yearly file of holiday-cn: {year, papers, days[{name,
// date, isOffDay}]}. Nothing else may stand in it.
func parseJSON(text []byte) (File, error) {
	var w struct {
		Schema string   `json:"$schema"`
		ID     string   `json:"$id"`
		Year   *int     `json:"year"`
		Papers []string `json:"papers"`
		Days   []struct {
			Name string `json:"name"`
			Date string `json:"date"`
			Off  *bool  `json:"isOffDay"`
		} `json:"days"`
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&w); err != nil {
		return File{}, bad("不是一个年份的日历 JSON（只能有 year、papers、days，日子只能有 name、date、isOffDay）")
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return File{}, bad("日历 JSON 之后还有别的内容")
	}
	if w.Year == nil {
		return File{}, bad("日历 JSON 没有写明年份")
	}
	f := File{Year: *w.Year, Papers: w.Papers}
	for i, d := range w.Days {
		if d.Off == nil {
			return File{}, bad("第 %d 个日子没有写明是否休息（isOffDay）", i+1)
		}
		f.Days = append(f.Days, Mark{Day: Day(d.Date), Off: *d.Off, Name: d.Name})
	}
	return f, nil
}

// columns are the names a column of a CSV file may have.
var columns = map[string]string{
	"date": "date", "off": "off", "name": "name", "日期": "date", "休假": "off", "名称": "name",
}

// answers are the words that say whether a day is off.
var answers = map[string]bool{
	"true": true, "1": true, "是": true, "休": true, "false": false, "0": false, "否": false, "班": false,
}

// parseCSV reads a table of date, off and name with a header, in any order of
// columns; the year is that of the first day.
func parseCSV(text []byte) (File, error) {
	lines := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))))
	lines.TrimLeadingSpace, lines.FieldsPerRecord = true, len(columns)/2
	header, err := lines.Read()
	if err != nil {
		return File{}, bad("CSV 的第一行须为 date,off,name（日期,休假,名称）")
	}
	place, err := places(header)
	if err != nil {
		return File{}, err
	}
	var f File
	for n := 2; ; n++ {
		fields, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return f.yearOfFirst(), nil
		}
		if err != nil || n > limitDays+1 {
			return File{}, bad("CSV 第 %d 行有误：每行须有日期、休假、名称三列，最多 %d 行", n, limitDays)
		}
		off, known := answers[strings.ToLower(strings.TrimSpace(fields[place["off"]]))]
		if !known {
			return File{}, bad("CSV 第 %d 行的休假须写是或者否（true、false）", n)
		}
		f.Days = append(f.Days, Mark{Day: Day(strings.TrimSpace(fields[place["date"]])), Off: off, Name: fields[place["name"]]})
	}
}

func (f File) yearOfFirst() File {
	if len(f.Days) > 0 {
		f.Year = f.Days[0].Day.Year()
	}
	return f
}

// places finds the columns by their names; each has to be there once.
func places(header []string) (map[string]int, error) {
	place := map[string]int{}
	for i, name := range header {
		column, known := columns[strings.ToLower(strings.TrimSpace(name))]
		if !known {
			return nil, bad("CSV 有不认识的列，只能有 date,off,name（日期,休假,名称）")
		}
		if _, doubled := place[column]; doubled {
			return nil, bad("CSV 有重复的列")
		}
		place[column] = i
	}
	return place, nil
}
