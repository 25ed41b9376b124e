import { Form, Input, Modal, Radio, Select, Switch } from 'antd'
import { useState } from 'react'
import type { Conversation } from '../../../kit/line/frames'
import { Failed, Loaded } from '../../../kit/loaded'
import { useMe } from '../../../kit/me-context'
import { useSay } from '../../../kit/use-done'
import { useWords } from '../../../words/language'
import { keepConversation, useTransfer } from '../api/acts'
import { useColleagues } from '../api/reads'
import { composerWords } from '../composer/words'
import { dialogWords } from './words'

interface TransferDialogProps {
  readonly conversation: Conversation
  readonly onClose: () => void
}

/** To a colleague who is open, or back into the queue for a skill; never without a word about it. */
export function TransferDialog({ conversation, onClose }: TransferDialogProps) {
  const words = useWords(dialogWords)
  const colleagues = useColleagues(conversation.companyId)
  const { wish, set, ready, submit, error, pending } = useHandingOver(conversation, onClose)
  const toColleague = wish.way === 'colleague'
  return (
    <Modal
      open
      title={words.transferTitle}
      okText={words.transferOk}
      okButtonProps={{ disabled: !ready, loading: pending }}
      onOk={submit}
      onCancel={onClose}
    >
      {error ? <Failed error={error} /> : null}
      <Form layout="vertical" component="div">
        <Form.Item>
          <Radio.Group
            aria-label={words.toWhom}
            optionType="button"
            value={wish.way}
            options={(['colleague', 'queue'] as const).map((value) => ({
              value,
              label: value === 'colleague' ? words.toColleague : words.toQueue,
            }))}
            onChange={(event) => set({ way: event.target.value as Wish['way'] })}
          />
        </Form.Item>
        <Loaded query={colleagues} rows={2}>
          {({ items, skills }) => (
            <Form.Item label={words.toWhom} htmlFor="transfer-to">
              {toColleague ? (
                <Colleagues
                  items={items}
                  value={wish.toStaffId}
                  onChange={(toStaffId) => set({ toStaffId })}
                />
              ) : (
                <Select
                  id="transfer-to"
                  allowClear
                  value={wish.skill}
                  options={skills.map(({ id, name }) => ({ value: id, label: name }))}
                  onChange={(id: string | undefined) => set({ skill: id ?? null })}
                />
              )}
            </Form.Item>
          )}
        </Loaded>
        <Form.Item label={words.transferNote} htmlFor="transfer-note" required>
          <Input.TextArea
            id="transfer-note"
            rows={3}
            maxLength={300}
            placeholder={words.transferNoteHint}
            value={wish.note}
            onChange={(event) => set({ note: event.target.value })}
          />
        </Form.Item>
        {toColleague ? (
          <label className="with-choice">
            {words.warm}
            <Switch checked={wish.warm} onChange={(warm) => set({ warm })} />
          </label>
        ) : null}
      </Form>
    </Modal>
  )
}

interface Wish {
  readonly way: 'colleague' | 'queue'
  readonly toStaffId: string | null
  readonly skill: string | null
  readonly note: string
  readonly warm: boolean
}

function useHandingOver(conversation: Conversation, onClose: () => void) {
  const words = useWords(dialogWords)
  const { done } = useSay()
  const transfer = useTransfer()
  const [wish, setWish] = useState<Wish>({
    way: 'colleague',
    toStaffId: null,
    skill: null,
    note: '',
    warm: false,
  })
  const { way, toStaffId, skill, note, warm } = wish
  const isWarm = way === 'colleague' && warm
  const submit = (): void =>
    transfer.mutate(
      {
        conversationId: conversation.id,
        note: note.trim(),
        warm: isWarm,
        ...(way === 'colleague' && toStaffId !== null && { toStaffId }),
        ...(way === 'queue' && skill !== null && { skill }),
      },
      {
        onSuccess: (answer) => {
          keepConversation(answer.conversation)
          done(isWarm ? words.warmWaits : words.transferred)
          onClose()
        },
      },
    )
  return {
    wish,
    set: (next: Partial<Wish>): void => setWish((before) => ({ ...before, ...next })),
    ready: note.trim().length >= 2 && (way === 'queue' || toStaffId !== null),
    submit,
    error: transfer.error,
    pending: transfer.isPending,
  }
}

interface ColleaguesProps {
  readonly items: readonly {
    readonly id: string
    readonly name: string
    readonly state: 'open' | 'break' | 'away' | 'off'
    readonly has: number
    readonly capacity: number
  }[]
  readonly value: string | null
  readonly onChange: (id: string) => void
}

/** Those who are open first, with how much they have. */
function Colleagues({ items, value, onChange }: ColleaguesProps) {
  const words = useWords(dialogWords)
  const seats = useWords(composerWords)
  const me = useMe()
  const others = items.filter(({ id }) => id !== me.id)
  const open = others.filter(({ state }) => state === 'open')
  return (
    <>
      <Select
        id="transfer-to"
        value={value}
        showSearch={{ optionFilterProp: 'label' }}
        options={[...open, ...others.filter((one) => !open.includes(one))].map((one) => ({
          value: one.id,
          disabled: one.state !== 'open',
          label: `${one.name} · ${seats.seatOf[one.state]} · ${words.load(one.has, one.capacity)}${one.has >= one.capacity ? ` ${words.full}` : ''}`,
        }))}
        onChange={onChange}
      />
      {open.length === 0 ? <p className="tone-warn small">{words.nobodyOpen}</p> : null}
    </>
  )
}
