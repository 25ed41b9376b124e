import { Button } from 'antd'
import type { HouseholdPanel } from '../../api/types'
import { useMay } from '../../kit/me-context'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { useMark } from './api/mark-household'
import { requestWords } from './words'

const byHand = ['important', 'sensitive'] as const

/** Why this household is called when supply goes; two of the reasons are given and taken here. */
export function HouseholdMarks({ household }: { readonly household: HouseholdPanel }) {
  const words = useWords(requestWords)
  const may = useMay()
  const { done, failed } = useSay()
  const mark = useMark()
  const { id, marks } = household
  const set = (name: (typeof byHand)[number], on: boolean): void =>
    mark.mutate(
      { householdId: id, mark: name, on },
      { onError: failed, onSuccess: () => done(on ? words.marked : words.unmarked) },
    )
  return (
    <span className="marks">
      {marks.includes('complained') ? (
        <span className="chip chip-warn">{words.markOf.complained}</span>
      ) : null}
      {may('households.markHousehold')
        ? byHand.map((name) => (
            <Button
              key={name}
              size="small"
              type={marks.includes(name) ? 'primary' : 'default'}
              aria-pressed={marks.includes(name)}
              disabled={mark.isPending}
              onClick={() => set(name, !marks.includes(name))}
            >
              {words.markOf[name]}
            </Button>
          ))
        : byHand
            .filter((name) => marks.includes(name))
            .map((name) => (
              <span key={name} className="chip chip-warn">
                {words.markOf[name]}
              </span>
            ))}
    </span>
  )
}
