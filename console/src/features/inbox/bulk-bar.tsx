import { App, Button, Input, Select, Space } from 'antd'
import { useState } from 'react'
import type { DeskRow, MoveInput } from '../../api/types'
import { useSay } from '../../kit/use-done'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useMoveMany } from './api/move-many'
import { bulkMoves, bulkReady, type BulkMove } from './bulk'
import { inboxWords } from './words'

interface BulkBarProps {
  readonly rows: readonly DeskRow[]
  readonly onDone: () => void
}

/** One move on many: the question names how many, the answer names what was refused and why. */
export function BulkBar({ rows, onDone }: BulkBarProps) {
  const words = useWords(inboxWords)
  const [move, setMove] = useState<BulkMove | null>(null)
  if (rows.length === 0) return null
  return (
    <section className="bulk" aria-label={words.selected(rows.length)}>
      <b className="num">{words.selected(rows.length)}</b>
      <Space wrap>
        {bulkMoves.map((name) => (
          <Button key={name} size="small" onClick={() => setMove(name)}>
            {words.bulk[name]}
          </Button>
        ))}
      </Space>
      <span className="grow" />
      <Button type="link" size="small" onClick={onDone}>
        {words.clearSelection}
      </Button>
      {move === null ? null : (
        <BulkQuestion
          move={move}
          rows={rows}
          onEnd={(finished) => {
            setMove(null)
            if (finished) onDone()
          }}
        />
      )}
    </section>
  )
}

interface QuestionProps {
  readonly move: BulkMove
  readonly rows: readonly DeskRow[]
  readonly onEnd: (finished: boolean) => void
}

function BulkQuestion({ move, rows, onEnd }: QuestionProps) {
  const words = useWords(inboxWords)
  const kit = useWords(kitWords)
  const { modal } = App.useApp()
  const { done, failed } = useSay()
  const many = useMoveMany()
  const [reason, setReason] = useState('')
  const [holdReason, setHoldReason] = useState<MoveInput['holdReason']>('customer')
  const submit = (): void => {
    const extra = {
      ...(reason.trim() !== '' && { words: reason.trim() }),
      ...(move === 'hold' && holdReason && { holdReason }),
    }
    many.mutate(
      { requestIds: rows.map(({ id }) => id), move, fileIds: [], ...extra },
      {
        onError: failed,
        onSuccess: ({ results }) => {
          const refused = results.filter((one) => one.refused !== null)
          const numberOf = (id: string): string => rows.find((row) => row.id === id)?.number ?? id
          if (results.length > refused.length) done(words.bulkDone(results.length - refused.length))
          if (refused.length > 0)
            modal.warning({
              title: words.bulkRefused(refused.length),
              content: refused.map((one) => (
                <p key={one.requestId}>
                  <span className="num">{numberOf(one.requestId)}</span> {one.refused}
                </p>
              )),
            })
          onEnd(true)
        },
      },
    )
  }
  return (
    <div className="bulk-question" role="group" aria-label={words.bulkTitle(words.bulk[move], rows.length)}>
      <p>{words.bulkText(rows.length)}</p>
      <Space wrap>
        {move === 'hold' ? <HoldReason value={holdReason} onChange={setHoldReason} /> : null}
        <Input
          aria-label={kit.reason}
          placeholder={kit.reason}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          className="bulk-reason"
        />
        <Button type="primary" disabled={!bulkReady(move, reason)} loading={many.isPending} onClick={submit}>
          {words.bulkDo(words.bulk[move], rows.length)}
        </Button>
        <Button onClick={() => onEnd(false)}>{kit.cancel}</Button>
      </Space>
    </div>
  )
}

interface HoldReasonProps {
  readonly value: MoveInput['holdReason']
  readonly onChange: (value: MoveInput['holdReason']) => void
}

function HoldReason({ value, onChange }: HoldReasonProps) {
  const kit = useWords(kitWords)
  const options = (['customer', 'parts', 'weather'] as const).map((one) => ({
    value: one,
    label: kit.hold[one],
  }))
  return <Select aria-label={kit.reason} value={value} options={options} onChange={onChange} />
}
