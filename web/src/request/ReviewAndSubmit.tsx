import { Alert, Button, Skeleton } from 'antd'
import type { Entry, Preview } from '../api/types'
import { Facts } from '../frame/Facts'
import { ProblemNote } from '../state/ProblemNote'
import { modeWords } from '../words'
import type { Draft } from './draft'
import css from './ReviewAndSubmit.module.css'
import { RoutePreview } from './RoutePreview'
import { WizardFoot } from './WizardFoot'

interface Props {
  entry: Entry
  draft: Draft
  preview: Preview | undefined
  error: Error | null
  retry?: () => void
  submitting: boolean
  back: () => void
  submit: () => void
}

/** The last look before submitting; where the law bars every item there is nothing to submit. */
export function ReviewAndSubmit({ entry, draft, preview, error, retry, submitting, back, submit }: Props) {
  const scenario = entry.scenarios.find((s) => s.id === draft.scenarioId)
  return (
    <div className={css.review}>
      {preview?.allBarred && (
        <Alert
          type="info" showIcon data-testid="all-barred"
          title="所选数据项依法均不予共享，不能提交申请"
          description="依据已列在每个数据项下。认为分类不当的，可以向提供机构或者区信息委提出。"
        />
      )}
      {preview ? <RoutePreview preview={preview} /> : !error && (
        <div role="status" aria-label="正在核对办理路径"><Skeleton active paragraph={{ rows: 6 }} /></div>
      )}
      {!preview?.allBarred && (
        <Facts
          columns={1}
          facts={[
            ['使用用途', draft.purpose],
            ['履职依据', draft.basis],
            ['使用系统', draft.system],
            ['使用期限', `至 ${draft.until}`],
            ['应用场景', scenario?.name ?? '不按应用场景申请'],
            ['调用方式', modeWords[draft.mode]],
          ]}
        />
      )}
      <ProblemNote error={error} />
      <WizardFoot
        note={preview && !preview.allBarred && (
          <p className={css.next} data-testid="what-next"><strong>接下来</strong>{preview.next}</p>
        )}
      >
        <Button onClick={back}>上一步</Button>
        {retry && <Button type="primary" onClick={retry}>重新核对</Button>}
        {preview && !preview.allBarred && (
          <Button type="primary" loading={submitting} onClick={submit}>提交申请</Button>
        )}
      </WizardFoot>
    </div>
  )
}
