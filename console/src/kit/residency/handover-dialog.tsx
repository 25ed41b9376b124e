import { Checkbox, DatePicker, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { Failed } from '../loaded'
import { useSay } from '../use-done'
import { useWords } from '../../words/language'
import { type Residency, useHandOver } from './api'
import { familyWords } from './words'

interface HandoverDialogProps {
  readonly householdId: string
  readonly members: Residency['members']
  readonly onClose: () => void
}
const KINDS = ['transfer', 'move-out'] as const
type Kind = (typeof KINDS)[number]

/** From which day on the household is somebody else's, and who of those bound belongs to the new holder. */
export function HandoverDialog({ householdId, members, onClose }: HandoverDialogProps) {
  const words = useWords(familyWords)
  const { done } = useSay()
  const handOver = useHandOver()
  const [kind, setKind] = useState<Kind>('transfer')
  const [effectiveOn, setDay] = useState('')
  const [keep, setKeep] = useState<string[]>([])
  const [note, setNote] = useState('')
  const choices = members.map(({ id, role, phoneMasked }) => ({
    value: id,
    label: `${words.roleOf[role]} ${phoneMasked ?? words.noPhone}`,
  }))
  const submit = (): void =>
    handOver.mutate(
      { householdId, kind, effectiveOn, keep, note },
      {
        onSuccess: () => {
          done(words.recorded)
          onClose()
        },
      },
    )
  return (
    <Modal
      open
      title={words.record}
      okText={words.confirm}
      okButtonProps={{ danger: true, disabled: effectiveOn === '', loading: handOver.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      {handOver.error ? <Failed error={handOver.error} /> : null}
      <p>{words.text}</p>
      <Form layout="vertical" component="div">
        <Form.Item label={words.kind} required>
          <Radio.Group
            aria-label={words.kind}
            optionType="button"
            value={kind}
            options={KINDS.map((value) => ({ value, label: words.kindOf[value] }))}
            onChange={(event) => setKind(event.target.value as Kind)}
          />
        </Form.Item>
        <Form.Item label={words.from} required>
          <DatePicker
            aria-label={words.from}
            onChange={(_, text) => setDay(typeof text === 'string' ? text : '')}
          />
        </Form.Item>
        {members.length === 0 ? null : (
          <Form.Item label={words.keep}>
            <Checkbox.Group
              value={keep}
              options={choices}
              onChange={(values) => setKeep(values.map(String))}
            />
          </Form.Item>
        )}
        <Form.Item label={words.note}>
          <Input
            aria-label={words.note}
            value={note}
            maxLength={100}
            onChange={(event) => setNote(event.target.value)}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
