import { Button, Input, Select, Space } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useCompanies } from '../../kit/companies'
import { placeIn } from '../../kit/keyset'
import { Loaded } from '../../kit/loaded'
import { useMay, useMe } from '../../kit/me-context'
import { Pager } from '../../kit/pager'
import { useWords } from '../../words/language'
import { useHouseholds } from './api/find-household'
import { useHistory } from './api/read-history'
import { MessageList } from './message-list'
import { messageWords } from './words'

/** Everything that one household was sent; found by its account number or address, or by a link from a request. */
export function HistoryTab() {
  const words = useWords(messageWords)
  const may = useMay()
  const [params, setParams] = useSearchParams()
  const householdId = params.get('householdId')
  const { cursor } = placeIn(params)
  const history = useHistory(householdId, cursor)
  if (householdId === null)
    return may('desk.findHousehold') ? (
      <Finder onChoose={(id, name) => setParams({ tab: 'history', householdId: id, name })} />
    ) : (
      <p className="quiet">{words.findHint}</p>
    )
  return (
    <section aria-label={words.messagesOf}>
      <p>
        {params.has('name') ? <b className="num">{params.get('name')} </b> : null}
        <Button size="small" onClick={() => setParams({ tab: 'history' })}>
          {words.change}
        </Button>
      </p>
      <Loaded
        query={history}
        rows={8}
        empty={{ when: ({ items }) => items.length === 0, words: words.nothingSent }}
      >
        {({ items }) => <MessageList items={items} />}
      </Loaded>
      <Pager nextCursor={history.data?.nextCursor ?? null} />
    </section>
  )
}

function Finder({ onChoose }: { readonly onChoose: (householdId: string, name: string) => void }) {
  const words = useWords(messageWords)
  const companies = useCompanies(useMe())
  const [companyId, setCompanyId] = useState<string | null>(null)
  const [q, setQ] = useState('')
  const chosen = companyId ?? companies[0]?.id ?? ''
  const found = useHouseholds(chosen, q)
  return (
    <div className="finder">
      <p className="quiet">{words.findHint}</p>
      <Space wrap>
        {companies.length > 1 ? (
          <Select
            aria-label={words.company}
            value={chosen}
            options={companies.map(({ id, name }) => ({ value: id, label: name }))}
            popupMatchSelectWidth={false}
            onChange={(id: string) => setCompanyId(id)}
          />
        ) : null}
        <Input.Search
          aria-label={words.find}
          placeholder={words.find}
          maxLength={40}
          loading={found.isFetching}
          enterButton
          onSearch={setQ}
          className="finder-q"
        />
      </Space>
      {q.trim().length < 4 ? null : (
        <Loaded
          query={found}
          rows={3}
          empty={{ when: ({ households }) => households.length === 0, words: words.findNone }}
        >
          {({ households }) => (
            <ul className="lines card">
              {households.map(({ id, accountNoMasked, ownerNameMasked, addressMasked }) => (
                <li key={id}>
                  <span className="grow">
                    <b className="num">{accountNoMasked}</b> {ownerNameMasked}
                    <br />
                    <span className="quiet">{addressMasked}</span>
                  </span>
                  <Button
                    size="small"
                    aria-label={words.showOf(addressMasked)}
                    onClick={() => onChoose(id, `${accountNoMasked} ${addressMasked}`)}
                  >
                    {words.show}
                  </Button>
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      )}
    </div>
  )
}
