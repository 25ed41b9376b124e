import { View } from '@tarojs/components'
import { useState } from 'react'
import { Button, Card, classes } from '../ui'
import { percentOf } from './percent'
import { said } from './words'

export interface ChartRow {
  key: string
  label: string
  /** Null: nobody knows. */
  bars: readonly { size: number | null; words: string }[]
  cells: readonly string[]
}

interface ChartCardProps {
  id: string
  title: string
  head: readonly string[]
  legend: readonly string[]
  /** Oldest first; shown newest first. */
  rows: readonly ChartRow[]
}

/** Bars of plain boxes with their figures beside them, so that nobody has to guess a length; and the same as a table. */
export function ChartCard({ id, title, head, legend, rows }: ChartCardProps) {
  const [table, setTable] = useState(false)
  const newest = rows.toReversed()
  const highest = Math.max(1, ...rows.flatMap(({ bars }) => bars.map(({ size }) => size ?? 0)))
  return (
    <Card className="stack" id={id}>
      <View className="between">
        <View className="t-title">{title}</View>
        <Button small kind="plain" id={`${id}-table`} onClick={() => setTable(!table)}>
          {table ? said.chart : said.table}
        </Button>
      </View>
      {table ? (
        <Figures id={`${id}-figures`} label={title} head={head} rows={newest} />
      ) : (
        <>
          {legend.length > 1 ? (
            <View className="papers-legend t-3">
              {legend.map((name, index) => (
                <View key={name} className="papers-legend-name">
                  <View className={classes('papers-mark', index > 0 && 'beside')} />
                  {name}
                </View>
              ))}
            </View>
          ) : null}
          {newest.map((row) => (
            <View key={row.key} className="papers-bars">
              <View className="t-2 papers-bars-label">{row.label}</View>
              <View className="grow">
                {row.bars.map(({ size, words }, index) => (
                  <View key={legend[index] ?? ''} className="papers-bar-line">
                    <View className="papers-rail">
                      {percentOf(size, highest) > 0 ? (
                        <View
                          className={classes('papers-bar', index > 0 && 'beside')}
                          style={{ width: `${percentOf(size, highest)}%` }}
                        />
                      ) : null}
                    </View>
                    <View className="t-3 num papers-bar-words">{words}</View>
                  </View>
                ))}
              </View>
            </View>
          ))}
        </>
      )}
    </Card>
  )
}

const Figures = ({
  id,
  label,
  head,
  rows,
}: {
  id: string
  label: string
  head: readonly string[]
  rows: readonly ChartRow[]
}) => (
  <View id={id} className="papers-table" role="table" aria-label={label}>
    <View className="papers-table-row t-3" role="row">
      {head.map((name) => (
        <View key={name} className="papers-cell" role="columnheader">
          {name}
        </View>
      ))}
    </View>
    {rows.map((row) => (
      <View key={row.key} className="papers-table-row" role="row">
        {[row.label, ...row.cells].map((cell, index) => (
          <View key={head[index] ?? ''} className="papers-cell num" role="cell">
            {cell}
          </View>
        ))}
      </View>
    ))}
  </View>
)
