import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Alert, Button, Checkbox, InputNumber, Modal, Space, TimePicker } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { PlanSlot } from '../../api/types'
import { Failed } from '../../kit/loaded'
import { useSay } from '../../kit/use-done'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useSaveSlots } from './api/save-slots'
import { daysOn, type Span, spansFit } from './spans'
import { slotWords } from './words'

interface DayDialogProps {
  readonly teamId: string
  readonly day: string
  readonly slots: readonly PlanSlot[]
  readonly onClose: () => void
}

/** The spans of a day, and on wish of the days after it. Fewer places than are taken is refused by the server. */
export function DayDialog({ teamId, day, slots, onClose }: DayDialogProps) {
  const words = useWords(slotWords)
  const { done } = useSay()
  const save = useSaveSlots()
  const [spans, setSpans] = useState<readonly Span[]>(
    slots.map(({ from, to, capacity }) => ({ from, to, capacity })),
  )
  const [others, setOthers] = useState<string[]>([])
  const [failed, setFailed] = useState<unknown>(null)
  const days = [day, ...others]
  const submit = async (): Promise<void> => {
    setFailed(null)
    try {
      for (const one of days) await save.mutateAsync({ teamId, day: one, spans: [...spans] })
      done(words.saved)
      onClose()
    } catch (error) {
      setFailed(error)
    }
  }
  return (
    <Modal
      open
      title={words.editTitle(day)}
      okText={words.copyDays(days.length)}
      okButtonProps={{ disabled: !spansFit(spans), loading: save.isPending }}
      onOk={() => void submit()}
      onCancel={onClose}
    >
      {failed === null ? null : <Failed error={failed} />}
      {spansFit(spans) ? null : <Alert type="warning" title={words.badSpan} />}
      <SpanList spans={spans} onChange={setSpans} />
      <p className="quiet">{words.copyTo}</p>
      <Checkbox.Group
        value={others}
        options={[1, 2, 3, 4, 5, 6].map((step) => ({
          value: daysOn(day, step),
          label: daysOn(day, step).slice(5),
        }))}
        onChange={(values) => setOthers(values.map(String))}
      />
    </Modal>
  )
}

interface SpanListProps {
  readonly spans: readonly Span[]
  readonly onChange: (spans: readonly Span[]) => void
}

function SpanList({ spans, onChange }: SpanListProps) {
  const words = useWords(slotWords)
  const kit = useWords(kitWords)
  const change = (at: number, next: Partial<Span>): void =>
    onChange(spans.map((span, index) => (index === at ? { ...span, ...next } : span)))
  return (
    <div className="spans">
      {spans.map((span, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- spans have no name but their place in the list.
        <Space key={index}>
          <Clock label={words.from} value={span.from} onChange={(from) => change(index, { from })} />
          <Clock label={words.to} value={span.to} onChange={(to) => change(index, { to })} />
          <InputNumber
            aria-label={words.places}
            min={0}
            max={200}
            value={span.capacity}
            onChange={(capacity) => change(index, { capacity: capacity ?? 0 })}
          />
          <Button
            icon={<DeleteOutlined aria-hidden />}
            aria-label={`${kit.remove} ${span.from}–${span.to}`}
            onClick={() => onChange(spans.filter((_, at) => at !== index))}
          />
        </Space>
      ))}
      <Button
        icon={<PlusOutlined aria-hidden />}
        disabled={spans.length >= 12}
        onClick={() => onChange([...spans, { from: spans.at(-1)?.to ?? '09:00', to: '', capacity: 4 }])}
      >
        {words.addSpan}
      </Button>
    </div>
  )
}

interface ClockProps {
  readonly label: string
  /** Such as 14:00; empty while nothing was chosen. */
  readonly value: string
  readonly onChange: (value: string) => void
}

function Clock({ label, value, onChange }: ClockProps) {
  return (
    <TimePicker
      aria-label={label}
      placeholder={label}
      format="HH:mm"
      minuteStep={15}
      needConfirm={false}
      allowClear={false}
      value={value === '' ? null : dayjs(`2000-01-01T${value}`)}
      onChange={(time) => onChange(time === null ? '' : time.format('HH:mm'))}
    />
  )
}
