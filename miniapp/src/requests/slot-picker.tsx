import { ScrollView, View } from '@tarojs/components'
import { useState } from 'react'
import { read, write } from '../api/client'
import type { Slot } from '../api/types'
import { calendarDay } from '../format'
import { leftWords } from '../parts/promise'
import { useNow } from '../state/now'
import { useResource } from '../state/resource'
import { useSecond } from '../state/second'
import { Button, classes, fail, Show } from '../ui'
import { focusable } from '../ui/focusable'
import type { Hold } from './draft'
import { said } from './words'

interface SlotPickerProps {
  companyId: string
  typeId: string
  householdId: string | null
  hold: Hold | null
  onHold(hold: Hold | null): void
  /** Lets the held place go; absent where a visit cannot do without. */
  onNone?(): void
}

/** Free times by day. A tap keeps the place for ten minutes and says how long it still does. */
export function SlotPicker(props: SlotPickerProps) {
  const { companyId, typeId, householdId } = props
  const { resource, reload, retry } = useResource(`${typeId}.${householdId}`, () =>
    read('slots.list', { companyId, typeId, ...(householdId === null ? {} : { householdId }) }),
  )
  return (
    <Show resource={resource} bones={[96]} onRetry={retry}>
      {({ slots, prepare }) =>
        slots.length === 0 ? (
          <View className="t-2">{said.form.noSlots}</View>
        ) : (
          <>
            <Days {...props} slots={slots} onStale={reload} />
            {prepare === '' ? null : <View className="t-3">{prepare}</View>}
          </>
        )
      }
    </Show>
  )
}

interface DaysProps extends SlotPickerProps {
  slots: readonly Slot[]
  onStale(): Promise<void>
}

function Days({ typeId, householdId, slots, hold, onHold, onNone, onStale }: DaysProps) {
  const nowMs = useNow()
  const days = [...new Set(slots.map(({ day }) => day))]
  const [day, setDay] = useState(hold?.day ?? days[0] ?? '')
  const [asking, setAsking] = useState<string | null>(null)
  const take = async (slot: Slot) => {
    setAsking(slot.slotId)
    try {
      const kept = await write('slots.hold', {
        slotId: slot.slotId,
        typeId,
        ...(householdId === null ? {} : { householdId }),
      })
      onHold({ ...kept, day: slot.day, from: slot.from, to: slot.to })
    } catch (error) {
      fail(error)
      void onStale()
    }
    setAsking(null)
  }
  const isHeld = (slot: Slot) => hold !== null && hold.day === slot.day && hold.from === slot.from
  return (
    <>
      <ScrollView scrollX className="slot-days">
        {days.map((each) => (
          <View
            key={each}
            className={classes('choice', 'slot-day', each === day && 'on')}
            role="radio"
            aria-checked={each === day ? 'true' : 'false'}
            {...focusable}
            onClick={() => setDay(each)}
          >
            {calendarDay(each, nowMs)}
          </View>
        ))}
      </ScrollView>
      <View className="choices">
        {slots
          .filter((slot) => slot.day === day)
          .map((slot) => (
            <View
              key={slot.slotId}
              id={`slot-${slot.slotId}`}
              className={classes('choice', isHeld(slot) && 'on', slot.free === 0 && 'off')}
              role="radio"
              aria-checked={isHeld(slot) ? 'true' : 'false'}
              {...focusable}
              onClick={() => {
                if (asking === null && (slot.free > 0 || isHeld(slot))) void take(slot)
              }}
            >
              {`${slot.from}–${slot.to} ${said.form.slotFree(slot.free)}`}
            </View>
          ))}
      </View>
      {hold === null ? null : <HeldUntil hold={hold} />}
      {hold !== null && onNone ? (
        <Button kind="plain" small id="no-slot" onClick={onNone}>
          {said.form.notNow}
        </Button>
      ) : null}
    </>
  )
}

function HeldUntil({ hold }: { hold: Hold }) {
  const nowMs = useSecond(true)
  const leftMs = hold.expiresAt - nowMs
  if (leftMs <= 0) return <View className="field-error">{said.form.slotLost}</View>
  return (
    <View className="t-accent" id="slot-held">
      {said.form.slotHeld(leftWords(leftMs))}
    </View>
  )
}
