import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Select, Space } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { PlanSlot } from '../../api/types'
import { today } from '../../kit/format'
import { Loaded, Nothing } from '../../kit/loaded'
import { useMay, useMe } from '../../kit/me-context'
import { Page } from '../../kit/page'
import { useWords } from '../../words/language'
import { usePlan, useTeams } from './api/read-plan'
import { DayDialog } from './day-dialog'
import { daysOn, weekdayOf, weekOf } from './spans'
import { slotWords } from './words'

/** How many visits a team can make, by day and span, and how many are taken. */
export function SlotsPage() {
  const words = useWords(slotWords)
  const me = useMe()
  const [params, setParams] = useSearchParams()
  const teams = useTeams()
  const all = teams.data?.teams ?? []
  const teamId = params.get('teamId') ?? all.find(({ id }) => id === me.teamId)?.id ?? all[0]?.id ?? null
  const from = params.get('from') ?? today()
  const plan = usePlan(teamId, from)
  const go = (next: Record<string, string>): void => setParams({ ...Object.fromEntries(params), ...next })
  const actions = (
    <Space wrap>
      <Select
        aria-label={words.team}
        value={teamId}
        options={all.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(id) => go({ teamId: id })}
        popupMatchSelectWidth={false}
      />
      <Button icon={<LeftOutlined aria-hidden />} onClick={() => go({ from: daysOn(from, -7) })}>
        {words.previous}
      </Button>
      <Button onClick={() => go({ from: daysOn(from, 7) })}>
        {words.next} <RightOutlined aria-hidden />
      </Button>
    </Space>
  )
  return (
    <Page title={words.title} actions={actions}>
      {teams.data && all.length === 0 ? <Nothing>{words.noTeams}</Nothing> : null}
      {teamId === null ? null : (
        <Loaded query={plan} rows={8}>
          {({ slots }) => <Week teamId={teamId} from={from} slots={slots} />}
        </Loaded>
      )}
    </Page>
  )
}

interface WeekProps {
  readonly teamId: string
  readonly from: string
  readonly slots: readonly PlanSlot[]
}

function Week({ teamId, from, slots }: WeekProps) {
  const words = useWords(slotWords)
  const may = useMay()
  const [editing, setEditing] = useState<string | null>(null)
  const week = weekOf(from, slots)
  const edited = week.find(({ day }) => day === editing)
  return (
    <div className="week">
      {week.map(({ day, slots: ofDay }) => (
        <section key={day} className="week-day" aria-label={day}>
          <h2>
            <span className="num">{day.slice(5)}</span> {words.weekday[`d${weekdayOf(day)}` as 'd0']}
          </h2>
          {ofDay.length === 0 ? <p className="quiet">{words.none}</p> : null}
          {ofDay.map((slot) => (
            <SlotRow key={slot.slotId} slot={slot} />
          ))}
          {may('slots.save') ? (
            <Button size="small" aria-label={words.edit(day)} onClick={() => setEditing(day)}>
              {words.edit('')}
            </Button>
          ) : null}
        </section>
      ))}
      {edited ? (
        <DayDialog teamId={teamId} day={edited.day} slots={edited.slots} onClose={() => setEditing(null)} />
      ) : null}
    </div>
  )
}

function SlotRow({ slot }: { readonly slot: PlanSlot }) {
  const words = useWords(slotWords)
  const used = slot.taken + slot.held
  const share = slot.capacity === 0 ? 1 : used / slot.capacity
  return (
    <div className="slot">
      <b className="num">
        {slot.from}–{slot.to}
      </b>
      <span className="slot-bar" aria-hidden>
        <span style={{ width: `${Math.min(1, share) * 100}%` }} className={share >= 1 ? 'full' : ''} />
      </span>
      <span className="quiet num">
        {words.taken} {slot.taken}
        {slot.held > 0 ? ` · ${words.held} ${slot.held}` : ''} / {slot.capacity}{' '}
        {share >= 1 ? <b className="tone-warn">{words.full}</b> : null}
      </span>
    </div>
  )
}
