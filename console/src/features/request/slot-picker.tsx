import { Radio, Select } from 'antd'
import { useState } from 'react'
import type { Input, Output } from '../../api/types'
import { Loaded } from '../../kit/loaded'
import { useWords } from '../../words/language'
import { useVisitSlots } from './api/visits'
import { requestWords } from './words'

type Slot = Output<'desk.slots'>['slots'][number]

interface SlotPickerProps {
  readonly of: Input<'desk.slots'>
  readonly chosen: string | null
  readonly disabled?: boolean
  readonly onChoose: (slot: Slot) => void
}

/** A day, then a time of that day, with the places that are left; and what the household should do before. */
export function SlotPicker({ of, chosen, disabled = false, onChoose }: SlotPickerProps) {
  const query = useVisitSlots(of)
  return (
    <Loaded query={query} rows={2}>
      {({ slots, prepare }) => (
        <Picker slots={slots} prepare={prepare} chosen={chosen} disabled={disabled} onChoose={onChoose} />
      )}
    </Loaded>
  )
}

type PickerProps = Omit<SlotPickerProps, 'of' | 'disabled'> & {
  readonly slots: readonly Slot[]
  readonly prepare: string
  readonly disabled: boolean
}

function Picker({ slots, prepare, chosen, disabled, onChoose }: PickerProps) {
  const words = useWords(requestWords)
  const days = [...new Set(slots.filter(({ free }) => free > 0).map(({ day }) => day))]
  const ofChosen = slots.find(({ slotId }) => slotId === chosen)?.day
  const [picked, setPicked] = useState<string | null>(null)
  const day = picked ?? ofChosen ?? days[0]
  if (day === undefined) return <p className="quiet">{words.noSlots}</p>
  return (
    <div className="slot-picker">
      <Select
        aria-label={words.visitDay}
        value={day}
        disabled={disabled}
        options={days.map((value) => ({ value, label: words.visitDayName(value) }))}
        onChange={setPicked}
        popupMatchSelectWidth={false}
      />
      <Radio.Group
        aria-label={words.visitTime}
        optionType="button"
        disabled={disabled}
        value={chosen}
        onChange={(event) => {
          const slot = slots.find(({ slotId }) => slotId === event.target.value)
          if (slot) onChoose(slot)
        }}
        options={slots
          .filter((slot) => slot.day === day)
          .map((slot) => ({
            value: slot.slotId,
            label: words.slot(`${slot.from}–${slot.to}`, slot.free),
            disabled: slot.free === 0 && slot.slotId !== chosen,
          }))}
      />
      {prepare === '' ? null : <p className="quiet">{words.prepare(prepare)}</p>}
    </div>
  )
}
