package api

import (
	"strings"

	"github.com/danielgtaylor/huma/v2/validation"
)

// localize puts huma's validation texts into Chinese. They are variables of
// its process, so this runs once, before the first operation is declared.
func localize() {
	validation.MsgUnexpectedProperty = "不认识的字段"
	validation.MsgExpectedBoolean = "须为 true 或者 false"
	validation.MsgExpectedNumber = "须为数字"
	validation.MsgExpectedInteger = "须为整数"
	validation.MsgExpectedString = "须为文本"
	validation.MsgExpectedArray = "须为列表"
	validation.MsgExpectedObject = "须为对象"
	validation.MsgExpectedArrayItemsUnique = "列表中不得有重复"
	validation.MsgExpectedOneOf = "须为以下之一：%s"
	validation.MsgExpectedMinimumNumber = "不得小于 %v"
	validation.MsgExpectedMaximumNumber = "不得大于 %v"
	validation.MsgExpectedMinLength = "至少 %d 个字符"
	validation.MsgExpectedMaxLength = "至多 %d 个字符"
	validation.MsgExpectedMinItems = "至少 %d 项"
	validation.MsgExpectedMaxItems = "至多 %d 项"
	validation.MsgExpectedRequiredProperty = "缺少必填字段 %s"
	validation.MsgExpectedRFC3339Date = "日期须写作 YYYY-MM-DD"
	validation.MsgExpectedRFC3339DateTime = "时间须写作 RFC 3339 格式"
}

// translate gives the few texts that huma keeps to itself; whatever else is
// still English is shown as one plain sentence.
func translate(text string) string {
	switch {
	case strings.HasPrefix(text, "required ") && strings.HasSuffix(text, " parameter is missing"):
		return "缺少必填的参数"
	case strings.ContainsFunc(text, func(r rune) bool { return r > 0x2e80 }):
		return text
	}
	return "内容有误"
}
