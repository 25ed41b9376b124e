import { Button, Form } from 'antd'
import { useEffect, useState } from 'react'
import { clockOf } from '../../../kit/format'
import { Failed } from '../../../kit/loaded'
import { useWords } from '../../../words/language'
import { useHoldVisit } from '../api/visits'
import { SlotPicker } from '../slot-picker'
import { createWords } from './words'

/** A time that is kept while one talks. */
export interface Held {
  readonly slotId: string
  readonly holdId: string
  readonly expiresAt: number
}

interface Visiting {
  readonly held: Held | null
  readonly onHeld: (held: Held | null) => void
  readonly householdId: string | null
}

/** The time that is kept for a household; another household has none yet. */
export function useVisit(householdId: string | null): Visiting {
  const [kept, setKept] = useState<{ readonly held: Held; readonly householdId: string | null } | null>(null)
  const held = kept !== null && kept.householdId === householdId ? kept.held : null
  const expiresAt = held?.expiresAt ?? null
  // What is kept no more must not look as if it were.
  useEffect(() => {
    if (expiresAt === null) return undefined
    const timer = setTimeout(() => setKept(null), Math.max(0, expiresAt - Date.now()))
    return () => clearTimeout(timer)
  }, [expiresAt])
  const onHeld = (next: Held | null): void => setKept(next === null ? null : { held: next, householdId })
  return { held, onHeld, householdId }
}

interface VisitFieldProps extends Visiting {
  readonly companyId: string
  readonly typeId: string
}

/** Agrees on a time with the caller: what is chosen is kept for them at once, so that nobody else takes it. */
export function VisitField({ companyId, typeId, householdId, held, onHeld }: VisitFieldProps) {
  const words = useWords(createWords)
  const hold = useHoldVisit()
  const of = { companyId, typeId, ...(householdId !== null && { householdId }) }
  const keep = (slotId: string | null): void =>
    hold.mutate(
      { ...of, slotId },
      { onSuccess: (answer) => onHeld(answer.hold && slotId !== null ? { slotId, ...answer.hold } : null) },
    )
  return (
    <Form.Item label={words.visit}>
      {hold.error ? <Failed error={hold.error} /> : null}
      <SlotPicker
        of={of}
        chosen={held?.slotId ?? null}
        disabled={hold.isPending}
        onChoose={({ slotId }) => keep(slotId)}
      />
      {held === null ? null : (
        <p role="status">
          {words.visitHeld(clockOf(held.expiresAt))}{' '}
          <Button size="small" onClick={() => keep(null)} loading={hold.isPending}>
            {words.visitDrop}
          </Button>
        </p>
      )}
    </Form.Item>
  )
}
