import { App } from 'antd'
import type { DeskRow } from '../../api/types'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { inboxWords } from './words'

interface Result {
  readonly requestId: string
  readonly refused: string | null
}

/** Says how many were done, and which were refused and why. */
export function useTellResults(rows: readonly DeskRow[]): (results: readonly Result[]) => void {
  const words = useWords(inboxWords)
  const { modal } = App.useApp()
  const { done } = useSay()
  return (results) => {
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
  }
}
