import { Button, Input, Select, Space } from 'antd'
import { useState } from 'react'
import type { DeskRow, MoveInput } from '../../api/types'
import { useMay } from '../../kit/me-context'
import { useSay } from '../../kit/use-done'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useMoveMany } from './api/move-many'
import { bulkMoves, bulkReady, type BulkMove } from './bulk'
import { LinkQuestion } from './link-question'
import { useTellResults } from './use-tell-results'
import { inboxWords } from './words'

interface BulkBarProps {
  readonly rows: readonly DeskRow[]
  readonly onDone: () => void
}

/** One move on many: the question names how many, the answer names what was refused and why. */
export function BulkBar({ rows, onDone }: BulkBarProps) {
  const words = useWords(inboxWords)
  const may = useMay()
  const [move, setMove] = useState<BulkMove | 'outage' | null>(null)
  if (rows.length === 0) return null
  const end = (finished: boolean): void => {
    setMove(null)
    if (finished) onDone()
  }
  return (
    <section className="bulk" aria-label={words.selected(rows.length)}>
      <b className="num">{words.selected(rows.length)}</b>
      <Space wrap>
        {bulkMoves.map((name) => (
          <Button key={name} size="small" onClick={() => setMove(name)}>
            {words.bulk[name]}
          </Button>
        ))}
        {may('desk.linkNotice') && may('notices.deskList') ? (
          <Button size="small" onClick={() => setMove('outage')}>
            {words.linkOutage}
          </Button>
        ) : null}
      </Space>
      <span className="grow" />
      <Button type="link" size="small" onClick={onDone}>
        {words.clearSelection}
      </Button>
      {move === 'outage' ? <LinkQuestion rows={rows} onEnd={end} /> : null}
      {move === null || move === 'outage' ? null : <BulkQuestion move={move} rows={rows} onEnd={end} />}
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
  const { failed } = useSay()
  const tell = useTellResults(rows)
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
          tell(results)
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
