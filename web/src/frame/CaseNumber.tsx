import css from './CaseNumber.module.css'

/** The number of a case; a long one shows its end (the beginning is the date) and is whole in the title. */
export function CaseNumber({ id }: { id: string }) {
  return <code className={css.number} title={id}>{id.length > 20 ? id.slice(-8) : id}</code>
}
