import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Alert, Button, Form, Input } from 'antd'
import { asProblem } from '../api/problem'
import { verifyQuery } from '../api/officeQueries'
import { districtQuery } from '../api/queries'
import type { Verified } from '../api/contract'
import { DemoMark } from '../frame/DemoMark'
import { Facts } from '../frame/Facts'
import { dayInWords } from '../moments'
import { paperKindWords, word } from '../words'
import { FileCheck } from './FileCheck'
import css from './VerifyPage.module.css'

const route = getRouteApi('/verify')

/** For anybody who holds a paper: did this office issue it, and is the file as it was issued? */
export function VerifyPage() {
  const { code = '' } = route.useSearch()
  const navigate = useNavigate()
  const district = useQuery(districtQuery).data
  const found = useQuery(verifyQuery(code))
  return (
    <div className={css.page}>
      <main className={css.sheet}>
        {district?.demo && <DemoMark />}
        <h1>文书核验</h1>
        <p className={css.soft}>{district?.name ?? '\u00a0'}公共数据管理系统发出的文书，凭文末的核验码核验真伪。不需要登录。</p>
        <Form
          layout="vertical" requiredMark={false} initialValues={{ code }} className={css.form}
          onFinish={(f: { code: string }) => void navigate({ to: '/verify', search: { code: f.code.trim() } })}
        >
          <Form.Item name="code" label="核验码" rules={[{ required: true, whitespace: true, message: '请输入核验码' }]}>
            <Input size="large" autoComplete="off" maxLength={100} />
          </Form.Item>
          <Button type="primary" htmlType="submit" size="large" block loading={code !== '' && found.isFetching}>核验</Button>
        </Form>
        {code !== '' && found.isError && <Failed error={found.error} />}
        {code !== '' && found.data && <Found paper={found.data} />}
      </main>
    </div>
  )
}

function Failed({ error }: { error: Error }) {
  const none = asProblem(error)?.status === 404
  return (
    <Alert
      type="error" showIcon icon={<CloseCircleFilled />} data-testid="not-verified"
      title={none ? '没有这个核验码' : '暂时无法核验'}
      description={none ? '本系统没有发出过使用这个核验码的文书。请核对核验码；仍然查不到的，请向发文机关核实。' : error.message}
    />
  )
}

function Found({ paper }: { paper: Verified }) {
  return (
    <section className={css.found} data-testid="verified">
      <p className={css.yes}><CheckCircleFilled aria-hidden="true" /> 这份文书由本系统发出</p>
      <Facts
        columns={1}
        facts={[
          ['文种', word(paperKindWords, paper.kind)],
          ['标题', paper.title],
          ['文号', paper.number],
          ['发文机关', paper.issuer],
          ['发文日期', dayInWords(paper.issuedOn)],
          ['PDF 哈希', <code key="hash">{paper.sha256}</code>],
        ]}
      />
      <FileCheck sha256={paper.sha256} />
    </section>
  )
}
