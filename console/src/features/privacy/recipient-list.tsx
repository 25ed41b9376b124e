import { useRead } from '../../api/query'
import type { Output } from '../../api/types'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Loaded } from '../../kit/loaded'
import { useWords } from '../../words/language'
import { privacyWords } from './words'

type Recipient = Output<'privacyDesk.readRegister'>['recipients'][number]
type Words = (typeof privacyWords)['en']

/** Who else gets something of residents, now and in the past, to be shown to whoever inspects it. */
export function RecipientList() {
  const words = useWords(privacyWords)
  const found = useRead('privacyDesk.readRegister', {})
  return (
    <Loaded
      query={found}
      rows={6}
      empty={{ when: ({ recipients }) => recipients.length === 0, words: words.registerEmpty }}
    >
      {({ recipients }) => (
        <ListTable<Recipient>
          name="privacy-recipients"
          label={words.tabs.recipients}
          rowKey={({ name, why }) => `${name} ${why}`}
          rows={recipients}
          columns={columnsOf(words)}
        />
      )}
    </Loaded>
  )
}

const columnsOf = (words: Words): readonly ListColumn<Recipient>[] => [
  { key: 'name', always: true, title: words.recipient, width: 220, text: ({ name }) => name },
  { key: 'as', title: words.as, width: 100, text: ({ as }) => words.asOf[as] },
  { key: 'gets', title: words.gets, width: 280, text: ({ gets }) => gets },
  { key: 'purpose', title: words.purpose, width: 220, text: ({ why }) => why },
  { key: 'since', title: words.since, width: 120, text: ({ since }) => since ?? words.fromTheStart },
  { key: 'until', title: words.until, width: 120, text: ({ until }) => until ?? words.still },
  {
    key: 'assessed',
    title: words.assessed,
    width: 140,
    text: ({ assessedOn }) => assessedOn ?? words.notAssessed,
  },
]
