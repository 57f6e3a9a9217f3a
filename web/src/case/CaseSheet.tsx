import { QRCode } from 'antd'
import type { Case, Opinion } from '../api/types'
import { bareTitle } from '../citation'
import { endInWords } from '../clock/signal'
import { dayInWords, lastDayOf, minuteOf } from '../moments'
import { verifyAddress } from '../papers/verification'
import { useDistrict, useMe } from '../session/useMe'
import { conditionWords, modeWords, outcomeWords, partWords, routeWords, statusWords } from '../words'
import css from './CaseSheet.module.css'

/** The case as an office keeps it on paper: shown in print alone. */
export function CaseSheet({ kase }: { kase: Case }) {
  const district = useDistrict()
  const me = useMe()
  const past = kase.asOf
  const last = [...kase.events].sort((a, b) => a.seq - b.seq).at(-1)
  const code = kase.papers?.at(-1)?.code
  const facts: [string, string][] = [
    ['申请机构', kase.requester.name],
    ['提供机构', kase.provider.name],
    ['目录条目', `${kase.entry.name}（${kase.entry.code}）`],
    ['使用用途', kase.purpose],
    ['履职依据', kase.basis],
    ['使用系统', `${kase.system}，${modeWords[kase.mode]}，至 ${kase.until}`],
    ['应用场景', kase.scenario ? `${kase.scenario.name}（第 ${kase.scenario.version} 版）` : '不按应用场景申请'],
    ['经办', `${kase.submittedByName}　${minuteOf(kase.submittedAt)}`],
    ['负责人审签', kase.signedAt ? `${kase.signedByName}　${minuteOf(kase.signedAt)}` : ''],
    ['答复期限', kase.clock ? `至 ${endInWords(kase.clock)}（${kase.clock.basisKind}）` : kase.dueAt ? `至 ${lastDayOf(kase.dueAt)}` : ''],
    ['办理状态', statusWords[kase.status] + (past ? `（${minuteOf(past)} 的状态）` : '')],
  ]
  return (
    <div className={css.sheet} aria-hidden="true" data-testid="case-sheet">
      <p className={css.office}>{district.commission.name}</p>
      <h1>公共数据共享申请办理单</h1>
      <p className={css.id}><span>编号：{kase.id}</span><span>依据：《{bareTitle(district.measure.title)}》</span></p>
      <table className={css.form}>
        <tbody>
          {facts.map(([term, value]) => <tr key={term}><th scope="row">{term}</th><td colSpan={3}>{value}</td></tr>)}
          <tr>
            <th scope="row">数据项</th>
            <td colSpan={3}>
              <ol>{kase.parts.map((p) => <li key={p.itemId}>{p.name}（{p.level}，{routeWords[p.route]}）：{partWords[p.status]}</li>)}</ol>
            </td>
          </tr>
          {kase.opinions.filter((o) => o.status === 'signed').map((o) => (
            <tr key={o.id}>
              <th scope="row">{o.side === 'provider' ? '提供机构意见' : '主管部门意见'}</th>
              <td colSpan={3}><OpinionOnPaper opinion={o} /></td>
            </tr>
          ))}
          {kase.papers?.map((p) => <tr key={p.id}><th scope="row">文书</th><td colSpan={3}>{p.title}　{p.number}　核验码 {p.code}</td></tr>)}
        </tbody>
      </table>
      <h2>办理记录</h2>
      <table className={`${css.form} ${css.events}`}>
        <thead><tr><th scope="col">时间</th><th scope="col">事项</th><th scope="col">办理人</th><th scope="col">依据</th></tr></thead>
        <tbody>
          {[...kase.events].sort((a, b) => a.seq - b.seq).map((e) => (
            <tr key={e.seq}>
              <td>{minuteOf(e.at)}</td>
              <td>{e.title}{e.detail && `：${e.detail}`}</td>
              <td>{e.actor.kind === 'system' ? '系统' : e.actor.name}{e.agency && `（${e.agency.name}）`}</td>
              <td>{e.citation?.title}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <footer className={css.foot}>
        {code && <QRCode value={verifyAddress(code)} size={84} type="svg" bordered={false} />}
        <div>
          <p>{district.name}公共数据管理系统　{district.today}　{me.agency.name} {me.name} 打印</p>
          {code && <p>文书核验码 {code}　{verifyAddress(code)}</p>}
          {last && <p>记录核验码（第 {last.seq} 号记录的存证哈希） {last.hash}</p>}
          {district.demo && <p>演示数据，不得作为办理依据</p>}
        </div>
      </footer>
    </div>
  )
}

function OpinionOnPaper({ opinion: o }: { opinion: Opinion }) {
  return (
    <>
      <p><strong>{outcomeWords[o.outcome]}</strong>　{o.reason}</p>
      {o.conditions.map((c) => <p key={c.kind + c.text}>{conditionWords[c.kind]}：{c.text}</p>)}
      {o.grounds.map((g) => <p key={g.title + g.article}>依据《{bareTitle(g.title)}》{g.article}：“{g.quote}”</p>)}
      <p className={css.signed}>经办 {o.draftedByName}　负责人 {o.signedByName}　{o.signedAt && dayInWords(o.signedAt)}</p>
    </>
  )
}
