import { useRead } from '../../api/query'
import type { Output } from '../../api/types'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Loaded } from '../../kit/loaded'
import { useWords } from '../../words/language'
import { privacyWords } from './words'

type RegisterTable = Output<'privacyDesk.readRegister'>['tables'][number]
type Words = (typeof privacyWords)['en']

/** The register of columns that tell of people, as the features declare it. */
export function RegisterList() {
  const words = useWords(privacyWords)
  const found = useRead('privacyDesk.readRegister', {})
  return (
    <Loaded
      query={found}
      rows={10}
      empty={{ when: ({ tables }) => tables.length === 0, words: words.registerEmpty }}
    >
      {({ tables }) => (
        <ListTable<RegisterTable>
          name="privacy-register"
          label={words.tabs.register}
          rowKey="table"
          rows={tables}
          columns={columnsOf(words)}
        />
      )}
    </Loaded>
  )
}

const columnsOf = (words: Words): readonly ListColumn<RegisterTable>[] => [
  { key: 'feature', title: words.feature, width: 120, text: ({ feature }) => feature },
  { key: 'says', always: true, title: words.says, width: 180, text: ({ says }) => says },
  { key: 'table', title: words.table, width: 160, text: ({ table }) => table },
  { key: 'purpose', title: words.purpose, width: 200, text: ({ why }) => why },
  { key: 'basis', title: words.basis, width: 220, text: ({ basis }) => basis },
  { key: 'keptFor', title: words.keptFor, width: 200, text: ({ kept }) => kept },
  { key: 'seen', title: words.seen, width: 200, text: ({ seen }) => seen },
  { key: 'atEnd', title: words.atEnd, width: 220, text: ({ atEnd }) => atEnd },
  {
    key: 'columns',
    title: words.columns,
    width: 320,
    text: ({ columns }) =>
      columns.map(({ column, label }) => (label === '' ? column : `${label} ${column}`)).join('、'),
  },
]
