import { Link } from '@tanstack/react-router'
import type { Briefing } from '../api/contract'
import { cutMiddle } from '../frame/cutMiddle'
import { dayInWords, lastDayOf } from '../moments'
import { useDistrict, useMe } from '../session/useMe'
import { statusWords, word } from '../words'
import { AgencyBars } from './AgencyBars'
import css from './BriefingSheet.module.css'
import { MonthBars } from './MonthBars'
import { percent } from './period'

/** The briefing as one sheet of A4. */
export function BriefingSheet({ briefing: b }: { briefing: Briefing }) {
  const district = useDistrict()
  const me = useMe()
  const { total } = b
  const numbers: [string, number | string, 'overdue' | 'plain'][] = [
    ['受理', total.received, 'plain'],
    ['办结', total.closed, 'plain'],
    ['在办', total.open, 'plain'],
    ['逾期', total.overdue, total.overdue > 0 ? 'overdue' : 'plain'],
    ['不予共享', total.refused, 'plain'],
    ['按期办结率', percent(total.onTime, total.closed), 'plain'],
  ]
  return (
    <article className={css.sheet} data-testid="briefing">
      <header className={css.head}>
        <h2>{district.name}公共数据共享办理简报</h2>
        <p>{dayInWords(b.from)}至{dayInWords(b.to)}　{me.agency.name}{district.demo && '　演示数据'}</p>
      </header>
      <dl className={css.numbers}>
        {numbers.map(([term, value, tone]) => <div key={term} data-tone={tone}><dt>{term}</dt><dd>{value}</dd></div>)}
      </dl>
      <div className={css.columns}>
        <section>
          <h3>各机构</h3>
          <AgencyBars agencies={b.agencies} />
        </section>
        <div className={css.side}>
          <section>
            <h3>办结结果</h3>
            {b.byOutcome.length === 0 ? <p className={css.none}>这一期间没有办结的事项。</p> : (
              <ul className={css.outcomes}>
                {b.byOutcome.map((o) => (
                  <li key={o.outcome}><span>{word(statusWords, o.outcome)}</span><strong>{o.count} 件</strong><small>{percent(o.count, total.closed)}</small></li>
                ))}
              </ul>
            )}
          </section>
          <section>
            <h3>逐月</h3>
            <MonthBars months={b.byMonth} />
          </section>
        </div>
      </div>
      <section>
        <h3>即将到期（{b.coming.length}）</h3>
        {b.coming.length === 0 ? <p className={css.none}>近期没有到期的事项。</p> : (
          <ol className={css.coming}>
            {b.coming.map((c) => (
              <li key={c.caseId}>
                <span className={css.day}>{lastDayOf(c.dueAt)}</span>
                <Link to="/share-requests/$caseId" params={{ caseId: c.caseId }}>{c.title}</Link>
                <span className={css.where} title={c.agency.name}>{cutMiddle(c.agency.name, 14)}</span>
              </li>
            ))}
          </ol>
        )}
      </section>
      <footer className={css.foot}>逾期指超过期限仍未办结或者逾期办结；参照和本区设定的期限，逾期只提醒和通报。{dayInWords(district.today)}由系统生成。</footer>
    </article>
  )
}
