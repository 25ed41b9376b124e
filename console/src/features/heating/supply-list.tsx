import { Button } from 'antd'
import { useState } from 'react'
import { timeOf, yuan } from '../../kit/format'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Loaded } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { Pager } from '../../kit/pager'
import { useWords } from '../../words/language'
import { type DeskSupply, useSupplies } from './api'
import type { At } from './case-list'
import { DecideSupply } from './decide-supply'
import { heatWords } from './words'

/** Applications to stop or resume the supply, newest first; those that wait can be answered here. */
export function SupplyList({ at }: { readonly at: At }) {
  const words = useWords(heatWords)
  const may = useMay()
  const list = useSupplies({ tab: 'all', ...at })
  const [chosen, setChosen] = useState<DeskSupply | null>(null)
  const acts = may('heating.decideSupply')
    ? {
        title: words.decide,
        width: 80,
        render: (row: DeskSupply) =>
          row.state === 'open' ? (
            <Button size="small" onClick={() => setChosen(row)}>
              {words.decide}
            </Button>
          ) : null,
      }
    : undefined
  return (
    <>
      <Loaded
        query={list}
        rows={10}
        empty={{ when: ({ items }) => items.length === 0, words: words.empty.supplies }}
      >
        {({ items }) => (
          <ListTable<DeskSupply>
            name="heat-supplies"
            label={words.supplyList}
            rowKey="id"
            rows={items}
            columns={columnsOf(words)}
            loading={list.isPlaceholderData}
            acts={acts}
          />
        )}
      </Loaded>
      <Pager nextCursor={list.data?.nextCursor ?? null} />
      {chosen === null ? null : <DecideSupply supply={chosen} onClose={() => setChosen(null)} />}
    </>
  )
}

const TONES = { open: 'warn', withdrawn: 'quiet', approved: 'ok', refused: 'bad' } as const

function columnsOf(words: (typeof heatWords)['en']): readonly ListColumn<DeskSupply>[] {
  const effect = ({ kind, effectFen }: DeskSupply): string =>
    effectFen === null ? words.unknownEffect : words.effectOf[kind](yuan(effectFen))
  return [
    {
      key: 'kind',
      always: true,
      title: words.kind,
      width: 140,
      text: ({ kind, season }) => `${words.kindOf[kind]} ${season}`,
    },
    {
      key: 'home',
      title: words.home,
      width: 200,
      text: ({ areaName, addressMasked }) => `${areaName} ${addressMasked}`,
    },
    {
      key: 'state',
      title: words.state,
      width: 165,
      text: ({ state, isLate }) => [words.supplyState[state], isLate ? words.late : ''].join(' ').trim(),
      render: ({ state, isLate }) => (
        <>
          <span className={`chip chip-${TONES[state]}`}>{words.supplyState[state]}</span>
          {isLate ? <span className="chip chip-warn">{words.late}</span> : null}
        </>
      ),
    },
    { key: 'effect', title: words.effect, width: 135, align: 'right', className: 'num', text: effect },
    { key: 'from', title: words.from, width: 105, className: 'num', text: ({ fromDay }) => fromDay ?? '—' },
    { key: 'reason', title: words.reason, width: 150, text: ({ reason }) => reason ?? '—' },
    {
      key: 'asked',
      title: words.asked,
      width: 140,
      text: ({ createdAt, filedByName }) =>
        [timeOf(createdAt), filedByName === null ? '' : words.filedBy(filedByName)].join(' ').trim(),
    },
    {
      key: 'decided',
      title: words.decidedBy,
      width: 170,
      text: ({ decidedByName, answer }) => [decidedByName ?? '—', answer ?? ''].join(' ').trim(),
    },
  ]
}
