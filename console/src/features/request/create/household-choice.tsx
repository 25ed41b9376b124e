import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { HouseholdPanel } from '../../../api/types'
import { timeOf, yuan } from '../../../kit/format'
import { Loaded } from '../../../kit/loaded'
import { StateTag } from '../../../kit/tags'
import { kitWords } from '../../../kit/words'
import { useWords } from '../../../words/language'
import { useHouseholds } from '../api/find-household'
import { createWords } from './words'

interface HouseholdChoiceProps {
  readonly companyId: string
  readonly chosen: HouseholdPanel | null
  readonly onChoose: (household: HouseholdPanel | null) => void
}

/** Finds the caller's household; what is going on there is shown before anything is written down. */
export function HouseholdChoice({ companyId, chosen, onChoose }: HouseholdChoiceProps) {
  const words = useWords(createWords)
  const [q, setQ] = useState('')
  const found = useHouseholds(companyId, q)
  if (chosen !== null) return <Chosen household={chosen} onChange={() => onChoose(null)} />
  return (
    <div>
      <Input.Search
        aria-label={words.householdHint}
        placeholder={words.householdHint}
        maxLength={40}
        loading={found.isFetching}
        onSearch={setQ}
        enterButton
      />
      {q.trim().length < 4 ? null : (
        <Loaded
          query={found}
          rows={2}
          empty={{ when: ({ households }) => households.length === 0, words: words.householdNone }}
        >
          {({ households }) => (
            <ul className="lines found">
              {households.map((household) => (
                <li key={household.id}>
                  <span className="grow">
                    <b className="num">{household.accountNoMasked}</b> {household.ownerNameMasked}
                    <br />
                    <span className="quiet">{household.addressMasked}</span>
                  </span>
                  <Button
                    size="small"
                    aria-label={words.chooseHousehold(household.addressMasked)}
                    onClick={() => onChoose(household)}
                  >
                    {words.choose}
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

const ended: readonly string[] = ['closed', 'cancelled', 'merged', 'resolved']

function Chosen({
  household,
  onChange,
}: {
  readonly household: HouseholdPanel
  readonly onChange: () => void
}) {
  const words = useWords(createWords)
  const kit = useWords(kitWords)
  const open = household.history.filter(({ state }) => !ended.includes(state))
  const owed = household.owedFen === null ? kit.notFetched : yuan(household.owedFen)
  return (
    <div className="chosen">
      <div className="with-choice">
        <span>
          <b className="num">{household.accountNoMasked}</b> {household.ownerNameMasked} ·{' '}
          {household.addressMasked}
          <br />
          <span className="quiet">
            {words.owed} <span className="num">{owed}</span>
            {household.owedAsOf === null ? '' : ` · ${words.asOf(timeOf(household.owedAsOf))}`}
          </span>
        </span>
        <Button size="small" onClick={onChange}>
          {words.change}
        </Button>
      </div>
      {household.outages.map((outage) => (
        <Alert key={outage.noticeId} type="warning" showIcon title={words.outage(outage.title)} />
      ))}
      {open.length === 0 ? null : (
        <Alert
          type="info"
          showIcon
          title={words.openAlready(open.length)}
          description={open.map((one) => (
            <div key={one.id}>
              <StateTag state={one.state} />{' '}
              <Link to={`/requests/${one.id}`}>
                {one.typeName} <span className="num">{one.number}</span>
              </Link>
            </div>
          ))}
        />
      )}
    </div>
  )
}
