package workday

import (
	"fmt"
	"time"
)

// alarmMonth is the month from which the next year's notice is missed: the
// State Council has published it in October or November of every year since 2013.
const alarmMonth = time.November

// MissingYear is the year whose calendar has to be procured now: this year's
// while it has no official notice, the next one's from 1 November on; false
// when nothing is missing.
func (c Calendar) MissingYear(today Day) (int, bool) {
	year := today.Year()
	if c.Year(year).Status != Official {
		return year, true
	}
	if today.Start().Month() >= alarmMonth && c.Year(year+1).Status != Official {
		return year + 1, true
	}
	return 0, false
}

// Alarm says in a sentence which calendar is missing; empty when none is.
func (c Calendar) Alarm(today Day) string {
	year, missing := c.MissingYear(today)
	if !missing {
		return ""
	}
	how := "没有收录任何日子，只按星期计算"
	if c.Year(year).Status == Provisional {
		how = "只是暂定，不含调休上班日"
	}
	return fmt.Sprintf("%d 年的工作日历%s：请取得国务院办公厅关于该年节假日安排的通知并导入；涉及该年的期限均已标明“暂定”", year, how)
}
