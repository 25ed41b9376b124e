import { Alert, Select, Tabs } from 'antd'
import { useSearchParams } from 'react-router'
import { useCompanies } from '../../../kit/companies'
import { placeIn } from '../../../kit/keyset'
import { useLineState } from '../../../kit/line/line-context'
import { Loaded } from '../../../kit/loaded'
import { useMe } from '../../../kit/me-context'
import { Pager } from '../../../kit/pager'
import { kitWords } from '../../../kit/words'
import { useWords } from '../../../words/language'
import { useConversations } from '../api/reads'
import { chatWords } from '../words'
import { ListRow } from './list-row'

export const tabs = ['mine', 'waiting', 'team', 'all', 'closed'] as const
export type Tab = (typeof tabs)[number]

/** What the address says of the list; the same for the pane and for the keys that go through it. */
export function useListInput() {
  const [params] = useSearchParams()
  const tab = tabs.find((one) => one === params.get('tab')) ?? 'mine'
  const companyId = params.get('companyId')
  const { cursor } = placeIn(params)
  return {
    tab,
    limit: 50,
    ...(companyId !== null && { companyId }),
    ...(cursor !== null && { cursor }),
  }
}

/** Conversations by who has them; the address keeps the choice, so that going back finds the same place. */
export function ListPane({ current }: { readonly current: string | null }) {
  const words = useWords(chatWords)
  const kit = useWords(kitWords)
  const companies = useCompanies(useMe())
  const [params, setParams] = useSearchParams()
  const input = useListInput()
  const list = useConversations(input)
  const counts = list.data?.counts
  const set = (name: string, value: string | null): void => {
    const next = new URLSearchParams({ tab: input.tab })
    if (input.companyId !== undefined) next.set('companyId', input.companyId)
    if (value === null) next.delete(name)
    else next.set(name, value)
    setParams(next)
  }
  const countOf = (tab: Tab): number | undefined =>
    tab === 'mine' ? counts?.mine : tab === 'waiting' ? counts?.waiting : undefined
  const search = params.size === 0 ? '' : `?${params}`
  return (
    <section className="pane chat-list" aria-label={words.list}>
      <h1 className="hidden">{words.title}</h1>
      <Tabs
        aria-label={words.tabs}
        size="small"
        activeKey={input.tab}
        onChange={(tab) => set('tab', tab)}
        items={tabs.map((key) => ({ key, label: <TabLabel name={words[key]} count={countOf(key)} /> }))}
      />
      {companies.length > 1 ? (
        <Select
          className="chat-company"
          size="small"
          variant="filled"
          aria-label={kit.company}
          placeholder={kit.allCompanies}
          allowClear
          value={input.companyId}
          options={companies.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id: string | undefined) => set('companyId', id ?? null)}
        />
      ) : null}
      <LineAlert />
      <div className="pane-scroll">
        <Loaded
          query={list}
          empty={{ when: ({ items }) => items.length === 0, words: words.empty[input.tab] }}
        >
          {({ items }) => (
            <ul>
              {items.map((row) => (
                <ListRow
                  key={row.id}
                  row={row}
                  on={row.id === current}
                  to={`/chat/${row.id}${search}`}
                  showsAgent={input.tab !== 'mine' && input.tab !== 'waiting'}
                />
              ))}
            </ul>
          )}
        </Loaded>
        <Pager nextCursor={list.data?.nextCursor ?? null} />
      </div>
    </section>
  )
}

function TabLabel({ name, count }: { readonly name: string; readonly count: number | undefined }) {
  return (
    <>
      {name}
      {count === undefined || count === 0 ? null : <span className="num count"> {count}</span>}
    </>
  )
}

function LineAlert() {
  const words = useWords(chatWords)
  const state = useLineState()
  if (state === 'polling') return <Alert type="info" banner title={words.polling} role="status" />
  if (state === 'offline') return <Alert type="warning" banner title={words.offlineList} role="status" />
  return null
}
