import { Text, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { classes } from './classes'
import { focusable } from './focusable'
import { Icon } from './icon'

interface CardProps {
  children: ReactNode
  className?: string
  /** Rows with hairlines between them. */
  list?: boolean
  onClick?(): void
  id?: string
}

export const Card = ({ children, className, list, onClick, id }: CardProps) => (
  <View
    {...(id ? { id } : {})}
    className={classes('card', list && 'list', className)}
    {...(onClick ? { onClick, hoverClass: 'row-pressed', role: 'button', ...focusable } : {})}
  >
    {children}
  </View>
)

interface RowProps {
  /** What stands first: a badge, an icon, a check. */
  lead?: ReactNode
  title: ReactNode
  note?: ReactNode
  side?: ReactNode
  /** Shows an arrow and takes taps. */
  onClick?(): void
  /** A row that is ticked or switched by its taps; what it shows of that is only to be seen. */
  on?: boolean
  arrow?: boolean
  id?: string
}

export function Row({ lead, title, note, side, onClick, on, arrow = onClick !== undefined, id }: RowProps) {
  const role =
    on === undefined ? { role: 'button' } : { role: 'checkbox', 'aria-checked': on ? 'true' : 'false' }
  return (
    <View
      className="row"
      {...(id ? { id } : {})}
      {...(onClick ? { onClick, hoverClass: 'row-pressed', ...role, ...focusable } : {})}
    >
      {lead}
      <View className="grow">
        <View>{title}</View>
        {note ? <View className="t-3">{note}</View> : null}
      </View>
      {side ? <View className="row-side">{side}</View> : null}
      {arrow ? <Icon name="right" className="t-3 row-arrow" /> : null}
    </View>
  )
}

/** A label and its value, as on a receipt. Numbers can be selected, to be read to somebody or copied. */
export const Fact = ({ label, value, mono }: { label: string; value: ReactNode; mono?: boolean }) => (
  <View className="fact">
    <View className="fact-label">{label}</View>
    {mono ? (
      <Text className="fact-value num" selectable userSelect>
        {value}
      </Text>
    ) : (
      <View className="fact-value">{value}</View>
    )}
  </View>
)
