import { useNavigate } from 'react-router'
import type { DeskRow } from '../../api/types'
import { stepIn } from '../../kit/key-map'
import { useMay } from '../../kit/me-context'
import { useSay } from '../../kit/use-done'
import { useKeys } from '../../kit/use-keys'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useAccept } from './api/accept-request'

interface RowKeys {
  readonly rows: readonly DeskRow[]
  readonly current: string | null
  readonly setCurrent: (id: string | null) => void
  readonly toggle: (id: string) => void
  readonly search: string
}

/** The frequent acts without a mouse, on the row that `j` and `k` lead to. */
export function useRowKeys({ rows, current, setCurrent, toggle, search }: RowKeys): void {
  const go = useNavigate()
  const may = useMay()
  const kit = useWords(kitWords)
  const { done, failed } = useSay()
  const accept = useAccept()
  const ids = rows.map(({ id }) => id)
  const row = rows.find(({ id }) => id === current)
  const open = (doing: string): void => {
    if (row)
      void go(`/requests/${row.id}${search}${doing === '' ? '' : `${search === '' ? '?' : '&'}do=${doing}`}`)
  }
  const step = (by: 1 | -1): void => {
    const next = stepIn(ids, current, by)
    setCurrent(next)
    if (next !== null)
      document.querySelector(`[data-row-key="${next}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    Enter: () => open(''),
    x: () => current !== null && toggle(current),
    d: () => open('dispatch'),
    n: () => open('note'),
    r: () => open('reply'),
    a: () => {
      if (!row || !may('desk.move') || !['submitted', 'returned'].includes(row.state)) return
      accept.mutate(
        { requestId: row.id, version: row.version, move: 'accept', fileIds: [] },
        { onSuccess: () => done(`${row.number} ${kit.state.accepted}`), onError: failed },
      )
    },
  })
}
