import { Select } from 'antd'
import { useState } from 'react'
import { useRead } from '../../api/query'
import type { Output } from '../../api/types'
import { exactOf } from '../../kit/format'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Loaded } from '../../kit/loaded'
import { useWords } from '../../words/language'
import { privacyWords } from './words'

type Line = Output<'privacyDesk.readRetention'>['lines'][number]
type Words = (typeof privacyWords)['en']

/** What each nightly run found too old, ended, and left standing, and why. */
export function RetentionReport() {
  const words = useWords(privacyWords)
  const [runId, setRunId] = useState<string | null>(null)
  const report = useRead('privacyDesk.readRetention', runId === null ? {} : { runId }, { keepOld: true })
  return (
    <Loaded
      query={report}
      rows={10}
      empty={{ when: ({ runs }) => runs.length === 0, words: words.retentionEmpty }}
    >
      {({ runs, lines }) => {
        const run = runs.find(({ id }) => id === runId) ?? runs[0]
        return (
          <>
            <Select
              aria-label={words.run}
              value={run?.id ?? null}
              options={runs.map(({ id, startedAt }) => ({ value: id, label: exactOf(startedAt) }))}
              onChange={setRunId}
            />
            {run === undefined ? null : (
              <p className={run.behind > 0 ? 'tone-warn' : 'quiet'}>
                {words.runSum(run.tables, run.ended, run.kept, run.behind)}
              </p>
            )}
            <ListTable<Line>
              name="privacy-retention"
              label={words.tabs.retention}
              rowKey="table"
              rows={lines}
              columns={columnsOf(words)}
            />
          </>
        )
      }}
    </Loaded>
  )
}

const countColumn = (key: 'due' | 'ended' | 'kept' | 'behind', words: Words): ListColumn<Line> => ({
  key,
  title: words[key],
  width: 100,
  align: 'right',
  className: 'num',
  text: (row) => String(row[key]),
})

const columnsOf = (words: Words): readonly ListColumn<Line>[] => [
  { key: 'says', always: true, title: words.says, width: 220, text: ({ says }) => says },
  { key: 'table', title: words.table, width: 180, text: ({ table }) => table },
  countColumn('due', words),
  countColumn('ended', words),
  countColumn('kept', words),
  countColumn('behind', words),
  { key: 'why', title: words.why, width: 320, text: ({ why }) => (why === '' ? '—' : why) },
]
