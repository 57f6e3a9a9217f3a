import css from './DemoMark.module.css'

export function DemoMark() {
  return (
    <strong className={css.mark} title="全部内容为虚构的演示数据，不得作为办理依据" data-testid="demo-mark">
      演示数据
    </strong>
  )
}
