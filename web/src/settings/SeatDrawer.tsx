import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Form, Radio, Select } from 'antd'
import { useId } from 'react'
import { office } from '../api/office'
import type { Seat, SeatBody, SeatMode } from '../api/contract'
import ways from '../decision/TwoWayForm.module.css'
import { ManySelect } from '../frame/ManySelect'
import { ProblemNote } from '../state/ProblemNote'
import { usePointedFaults } from '../state/usePointedFaults'
import { seatModeNotes, seatModeWords } from '../words'
import { ActDrawer } from './ActDrawer'

/** How a seat is filled from now on. */
export function SeatDrawer({ seat, close }: { seat: Seat; close: () => void }) {
  const id = useId()
  const [form] = Form.useForm<SeatBody>()
  const client = useQueryClient()
  const setting = useMutation({
    mutationFn: (f: SeatBody) => office.setSeat(seat.step, { ...f, accountIds: f.accountIds ?? [], superiorId: f.superiorId ?? '' }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['seats'] })
      close()
    },
  })
  const shown = usePointedFaults(form, setting.error)
  const people = [...new Map([...seat.holders, ...seat.accounts].map((a) => [a.id, { value: a.id, label: a.name }])).values()]
  return (
    <ActDrawer
      title={`设置岗位：${seat.title}`} form={id} button="保存" pending={setting.isPending} close={close}
      next="以后到这一环节的任务按新的设置确定办理人；已经发出的任务不变。期限不受影响。"
    >
      <Form
        form={form} id={id} layout="vertical" requiredMark={false} onFinish={(f) => setting.mutate(f)}
        initialValues={{ mode: seat.mode, accountIds: seat.accounts.map((a) => a.id), superiorId: seat.superior?.id }}
      >
        <Form.Item name="mode" label="签署方式">
          <Radio.Group className={ways.ways}>
            {(Object.keys(seatModeWords) as SeatMode[]).map((m) => (
              <Radio key={m} value={m} className={ways.way}><strong>{seatModeWords[m]}</strong><span>{seatModeNotes[m]}</span></Radio>
            ))}
          </Radio.Group>
        </Form.Item>
        <Form.Item name="accountIds" label="办理人" extra="不选的，担任该岗位的人员都可以办理。依次签的，按选入的次序。">
          <ManySelect options={people} placeholder="担任该岗位的全部人员" showSearch={{ optionFilterProp: 'label' }} />
        </Form.Item>
        <Form.Item name="superiorId" label="上级" extra="催办无果、岗位空缺时报给他。">
          <Select allowClear options={people} placeholder="未指定" showSearch={{ optionFilterProp: 'label' }} />
        </Form.Item>
        <ProblemNote error={setting.error} shown={shown} />
      </Form>
    </ActDrawer>
  )
}
