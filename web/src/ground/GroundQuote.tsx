import { Alert } from 'antd'
import type { Ground } from '../api/types'
import { bareTitle } from '../citation'
import { dayInWords } from '../moments'
import css from './GroundQuote.module.css'

/** A legal ground as it stands in the record: rank, title, article, words, since when. */
export function GroundQuote({ ground }: { ground: Ground }) {
  return (
    <figure className={css.ground}>
      <figcaption>
        <span className={css.level}>{ground.level}</span>
        <cite>《{bareTitle(ground.title)}》</cite>
        {ground.docNo && <span className={css.docNo}>（{ground.docNo}）</span>}
        <span className={css.article}>{ground.article}</span>
      </figcaption>
      <blockquote>{ground.quote}</blockquote>
      {ground.inForceOn && <p className={css.since}>自{dayInWords(ground.inForceOn)}起施行</p>}
      {ground.warning && <Alert className={css.warning} type="warning" showIcon title={ground.warning} />}
    </figure>
  )
}
