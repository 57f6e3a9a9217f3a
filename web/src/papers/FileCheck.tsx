import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons'
import { useState } from 'react'
import { FileChoice } from '../frame/FileChoice'
import { hashOf } from './verification'
import css from './VerifyPage.module.css'

type Outcome = 'same' | 'other' | 'unable'

/** Compares a file in hand with the issued one; the file stays on this machine. */
export function FileCheck({ sha256 }: { sha256: string }) {
  const [outcome, setOutcome] = useState<Outcome>()
  const check = async (file: File | undefined) => {
    if (!file) return setOutcome(undefined)
    const hash = await hashOf(file)
    setOutcome(hash === undefined ? 'unable' : hash === sha256.toLowerCase() ? 'same' : 'other')
  }
  return (
    <div className={css.check}>
      <p>手里有 PDF 文件的，可以比对是否与发出时一致。文件只在本机比对，不会上传。</p>
      <FileChoice label="选择 PDF 文件" accept="application/pdf" take={(file) => void check(file)} testId="file-check" />
      <div role="status">
        {outcome === 'same' && <p className={css.yes}><CheckCircleFilled aria-hidden="true" /> 一致：文件与发出时完全相同</p>}
        {outcome === 'other' && <p className={css.no}><CloseCircleFilled aria-hidden="true" /> 不一致：这个文件不是发出的那一份，或者被改动过</p>}
        {outcome === 'unable' && <p className={css.soft}>这个浏览器不能在当前连接下计算哈希，请用其他工具计算后与上面的哈希比对。</p>}
      </div>
    </div>
  )
}
