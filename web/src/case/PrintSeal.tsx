import type { Case } from '../api/types'
import { useDistrict } from '../session/useMe'
import css from './PrintSeal.module.css'

/** The foot of the printed sheet: where it comes from and the code to verify it by. */
export function PrintSeal({ kase }: { kase: Case }) {
  const district = useDistrict()
  const last = [...kase.events].sort((a, b) => a.seq - b.seq).at(-1)
  return (
    <footer className={css.seal}>
      <p>{district.name}公共数据管理系统　{district.today} 打印{district.demo && '　演示数据，不得作为办理依据'}</p>
      {last && <p>核验码 {last.hash}（第 {last.seq} 号记录）</p>}
    </footer>
  )
}
