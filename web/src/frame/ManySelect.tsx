import { Select, type SelectProps } from 'antd'
import css from './ManySelect.module.css'

/** A choice of several that Tab leaves: the library would take the last choice back. */
export function ManySelect(props: Omit<SelectProps<string[]>, 'mode'>) {
  return (
    <div onKeyDownCapture={(event) => { if (event.key === 'Tab') event.stopPropagation() }}>
      <Select<string[]> {...props} mode="multiple" className={css.select} />
    </div>
  )
}
