import { View } from '@tarojs/components'
import { useState } from 'react'
import { classes, Icon } from '../ui'
import { focusable } from '../ui/focusable'
import { type Column, heightPercent, highestOf, pageOf } from './figures'
import { said } from './words'

interface BarsProps {
  columns: readonly Column[]
  /** As many as a thumb can tell apart. */
  perPage: number
  chosen: string | null
  onChoose(key: string): void
  /** A column in words, for who cannot see it. */
  describe(column: Column): string
  /** The highest bar in words. */
  top(highest: number): string
  id: string
}

/** Bars of plain boxes, so that every wallet draws them alike. Each column is a button that tells its figures. */
export function Bars({ columns, perPage, chosen, onChoose, describe, top, id }: BarsProps) {
  const [page, setPage] = useState(0)
  const { shown, earlier } = pageOf(columns, perPage, page)
  // All pages share one measure, or a quiet half-year would look like a busy one.
  const highest = highestOf(columns)
  return (
    <View id={id}>
      <View className="t-3">{top(highest)}</View>
      <View className="bars">
        {shown.map((column) => (
          <View
            key={column.key}
            className={classes('bars-column', column.key === chosen && 'on')}
            role="button"
            aria-pressed={column.key === chosen ? 'true' : 'false'}
            ariaLabel={describe(column)}
            {...focusable}
            onClick={() => onChoose(column.key)}
          >
            <View className="bars-track">
              {column.beside === null ? null : (
                <View
                  className="bar beside"
                  style={{ height: `${heightPercent(column.beside, highest)}%` }}
                />
              )}
              {column.value === null ? (
                <View className="bar-none">?</View>
              ) : (
                <View className="bar" style={{ height: `${heightPercent(column.value, highest)}%` }} />
              )}
            </View>
            <View className="bars-label">{column.label}</View>
          </View>
        ))}
      </View>
      {columns.length > perPage ? (
        <View className="between">
          <Step
            text={said.earlier}
            icon="left"
            on={earlier}
            onClick={() => setPage(page + 1)}
            id={`${id}-earlier`}
          />
          <Step
            text={said.later}
            icon="right"
            on={page > 0}
            onClick={() => setPage(page - 1)}
            id={`${id}-later`}
          />
        </View>
      ) : null}
    </View>
  )
}

interface StepProps {
  text: string
  icon: 'left' | 'right'
  on: boolean
  onClick(): void
  id: string
}

const Step = ({ text, icon, on, onClick, id }: StepProps) => (
  <View
    id={id}
    className={classes('bars-step', on ? 't-accent' : 'off')}
    role="button"
    aria-disabled={on ? 'false' : 'true'}
    {...focusable}
    onClick={() => {
      if (on) onClick()
    }}
  >
    {icon === 'left' ? <Icon name="left" /> : null}
    {text}
    {icon === 'right' ? <Icon name="right" /> : null}
  </View>
)
