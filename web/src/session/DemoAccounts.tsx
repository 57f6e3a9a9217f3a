import css from './DemoAccounts.module.css'

const accounts: [username: string, who: string][] = [
  ['civil', '区民政局 经办'],
  ['civil-head', '区民政局 负责人'],
  ['civil-deputy', '区民政局 副职负责人'],
  ['health', '区卫生健康委 经办'],
  ['health-head', '区卫生健康委 负责人'],
  ['commission', '区信息委 经办'],
  ['commission-head', '区信息委 负责人'],
  ['datacenter', '区大数据中心'],
  ['supervisor', '监督'],
  ['auditor', '审计'],
  ['admin', '系统管理'],
]

/** The accounts of the demonstration; shown only where the district says demo. */
export function DemoAccounts({ pick }: { pick: (username: string) => void }) {
  return (
    <section className={css.accounts} aria-label="演示账号">
      <p>演示账号，密码均为 <code>baoshan-demo</code>，点选填入：</p>
      <ul>
        {accounts.map(([username, who]) => (
          <li key={username}>
            <button type="button" onClick={() => pick(username)} aria-label={`填入演示账号 ${username}（${who}）`}>
              <code>{username}</code>
              <span>{who}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
