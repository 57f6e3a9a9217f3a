import { Link } from '@tanstack/react-router'
import { Alert } from 'antd'
import type { Case } from '../api/types'
import { Facts } from '../frame/Facts'
import { minuteOf } from '../moments'
import { extensionWords, modeWords } from '../words'
import { DiffList } from './DiffList'
import css from './Section.module.css'

/** What was asked and what was said about the paper itself. */
export function CaseMaterial({ kase }: { kase: Case }) {
  const { supplement, extension } = kase
  return (
    <section className={css.sheet}>
      <h2>申请材料</h2>
      {kase.signOff.returned && kase.signOff.reason && (
        <Alert className={css.alert} type="warning" showIcon title="负责人退回经办" description={kase.signOff.reason} />
      )}
      <Facts
        columns={1}
        facts={[
          ['目录条目', <Link key="entry" to="/catalog/$entryId" params={{ entryId: kase.entry.id }}>{kase.entry.name}（{kase.entry.code}）</Link>],
          ['使用用途', kase.purpose],
          ['履职依据', kase.basis],
          ['使用系统', kase.system],
          ['调用方式', modeWords[kase.mode]],
          ['使用期限', `至 ${kase.until}`],
          ['应用场景', kase.scenario ? `${kase.scenario.name}（第 ${kase.scenario.version} 版）` : '不按应用场景申请'],
          ['经办', `${kase.submittedByName}，${minuteOf(kase.submittedAt)} 提交`],
          ['负责人审签', kase.signedAt
            ? `${kase.signedByName}，${minuteOf(kase.signedAt)} 审签，承诺申请真实、合法、必要`
            : '待审签'],
        ]}
      />
      {(kase.changes?.length ?? 0) > 0 && (
        <div className={css.part}>
          <h3>退回以后的改动</h3>
          <DiffList changes={kase.changes ?? []} />
        </div>
      )}
      {supplement && (
        <div className={css.part}>
          <h3>补正</h3>
          <p>{minuteOf(supplement.noticedAt)} 一次性告知需要补正：</p>
          <ol className={css.numbered}>{supplement.missing.map((m) => <li key={m}>{m}</li>)}</ol>
          <p>{supplement.suppliedAt ? `${minuteOf(supplement.suppliedAt)} 已补正。${supplement.note}` : '尚未补正。答复期限自材料齐全起算。'}</p>
        </div>
      )}
      {extension && (
        <div className={css.part}>
          <h3>延期</h3>
          <p>{extension.askedByName} {extension.askedAt && minuteOf(extension.askedAt)} 申请延期：{extension.reason}</p>
          <p>
            {extensionWords[extension.status]}
            {extension.decidedAt && `（${extension.decidedByName}，${minuteOf(extension.decidedAt)}）`}
            {extension.decision && `：${extension.decision}`}
          </p>
        </div>
      )}
    </section>
  )
}
