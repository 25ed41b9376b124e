import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { clockOf, dayOf, fromWallClock } from './format'

interface WallClockProps {
  readonly id: string
  readonly value: number | null
  readonly onChange: (at: number | null) => void
  readonly disabled?: boolean
  readonly placeholder?: string
}

/** A moment, shown and chosen as Shanghai's wall clock whatever the computer's own zone is. */
export function WallClock({ id, value, onChange, disabled = false, placeholder }: WallClockProps) {
  return (
    <DatePicker
      id={id}
      showTime={{ format: 'HH:mm', minuteStep: 5 }}
      format="YYYY-MM-DD HH:mm"
      needConfirm={false}
      disabled={disabled}
      {...(placeholder !== undefined && { placeholder })}
      value={value === null ? null : dayjs(`${dayOf(value)}T${clockOf(value)}:00`)}
      onChange={(picked) =>
        onChange(picked ? fromWallClock(`${picked.format('YYYY-MM-DDTHH:mm')}:00`) : null)
      }
    />
  )
}
