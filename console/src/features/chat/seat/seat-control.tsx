import { DownOutlined } from '@ant-design/icons'
import { Alert, Button, Dropdown, InputNumber, Popover, Space, Switch } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ActInput, Output } from '../../../api/types'
import { clockOf, timeOf } from '../../../kit/format'
import { useLineState } from '../../../kit/line/line-context'
import { useMay } from '../../../kit/me-context'
import { useSay } from '../../../kit/use-done'
import { useWords } from '../../../words/language'
import { useSetSeat } from '../api/acts'
import { useSeat } from '../api/reads'
import { isOn, permissionNow, setOn, useChoice } from './choices'
import { OffDialog } from './off-dialog'
import { play } from './sound'
import { seatWords } from './words'

type Seat = Output<'seats.me'>
const breaks = [10, 20, 30, 60] as const

/** My seat in the header: whether conversations come to me, how many I have, how many wait. */
export function SeatControl() {
  const words = useWords(seatWords)
  const may = useMay()
  const seat = useSeat(may('seats.me'))
  const line = useLineState()
  const [leaving, setLeaving] = useState(false)
  const [open, setOpen] = useState(false)
  const { data } = seat
  if (!data) return null
  const isDown = line === 'offline' || line === 'polling'
  return (
    <>
      <Link to="/chat?tab=waiting" className={data.waiting > 0 ? 'seat-waiting tone-warn' : 'seat-waiting'}>
        {words.waiting(data.waiting)}
      </Link>
      <Popover
        trigger="click"
        placement="bottomRight"
        open={open}
        onOpenChange={setOpen}
        content={
          <SeatPanel
            seat={data}
            onOff={() => {
              // It would lie over the dialog, and over its button.
              setOpen(false)
              setLeaving(true)
            }}
          />
        }
      >
        <button type="button" className="account seat">
          <span className="hidden">{words.seat}</span>
          <span className={`dot dot-seat-${data.state}`} aria-hidden /> {words.stateOf[data.state]}
          <span className="num quiet seat-has">{words.has(data.has, data.capacity)}</span>
          {isDown && line !== null ? <span className="tone-warn small">{words[line]}</span> : null}
          <DownOutlined aria-hidden />
        </button>
      </Popover>
      {leaving ? <OffDialog has={data.has} onClose={() => setLeaving(false)} /> : null}
    </>
  )
}

/** Sets my seat, and says what it is now. */
function useSet(): { readonly pending: boolean; readonly set: (input: ActInput<'seats.set'>) => void } {
  const words = useWords(seatWords)
  const { done, failed } = useSay()
  const set = useSetSeat()
  return {
    pending: set.isPending,
    set: (input) =>
      set.mutate(input, {
        onError: failed,
        onSuccess: ({ state }) => done(words.changed(words.stateOf[state])),
      }),
  }
}

function SeatPanel({ seat, onOff }: { readonly seat: Seat; readonly onOff: () => void }) {
  const words = useWords(seatWords)
  const { pending, set } = useSet()
  const { state, capacity, until, since, handOvers } = seat
  return (
    <div className="seat-panel">
      <p className="quiet">
        {words.stateOf[state]} · {words.since(timeOf(since))}
        {until === null ? '' : ` · ${words.until(clockOf(until))}`}
      </p>
      <Space wrap>
        {state === 'open' ? null : (
          <Button type="primary" loading={pending} onClick={() => set({ state: 'open' })}>
            {words.open}
          </Button>
        )}
        {state === 'open' ? (
          <>
            <Dropdown
              trigger={['click']}
              menu={{
                items: breaks.map((minutes) => ({
                  key: String(minutes),
                  label: words.breakMinutes(minutes),
                  onClick: () => set({ state: 'break', breakMinutes: minutes }),
                })),
              }}
            >
              <Button loading={pending}>
                {words.breakFor} <DownOutlined aria-hidden />
              </Button>
            </Dropdown>
            <Button loading={pending} onClick={() => set({ state: 'away' })}>
              {words.away}
            </Button>
          </>
        ) : null}
        {state === 'off' ? null : <Button onClick={onOff}>{words.off}</Button>}
      </Space>
      <label className="with-choice">
        {words.capacity}
        <InputNumber
          min={1}
          max={20}
          precision={0}
          value={capacity}
          aria-label={words.capacity}
          // Each step counts, but a half-typed number does not.
          changeOnBlur
          onChange={(next) => next !== null && next !== capacity && set({ state, capacity: next })}
        />
      </label>
      <AlertChoices />
      <section>
        <h2>{words.handOvers}</h2>
        {handOvers.length === 0 ? <p className="quiet">{words.noHandOvers}</p> : null}
        <ul className="resident-notes">
          {handOvers.map((one) => (
            <li key={`${one.byName}-${one.at}`}>
              {one.words}
              <div className="quiet">
                {one.byName} · <span className="num">{timeOf(one.at)}</span>
              </div>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

/** A browser asks about notifications only after a click, so that is where it is asked. */
function AlertChoices() {
  const words = useWords(seatWords)
  const sound = useChoice('sound')
  const desktop = useChoice('desktop')
  const [permission, setPermission] = useState(permissionNow)
  const ask = (on: boolean): void => {
    setOn('desktop', on)
    if (!on || permissionNow() !== 'default') return setPermission(permissionNow())
    Notification.requestPermission().then(setPermission, () => setPermission('denied'))
  }
  return (
    <section>
      <h2>{words.alerts}</h2>
      <div className="with-choice">
        <span>
          {words.sound}{' '}
          <Button size="small" type="link" onClick={() => play([660, 880])}>
            {words.try}
          </Button>
        </span>
        <Switch checked={sound} aria-label={words.sound} onChange={(on) => setOn('sound', on)} />
      </div>
      <div className="with-choice">
        {words.desktop}
        <Switch
          checked={desktop && permission === 'granted'}
          disabled={permission === 'missing'}
          aria-label={words.desktop}
          onChange={ask}
        />
      </div>
      {isOn('desktop') && permission === 'denied' ? (
        <Alert type="warning" showIcon title={words.desktopBlocked} />
      ) : null}
    </section>
  )
}
