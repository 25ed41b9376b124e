import { View } from '@tarojs/components'
import type { Statement } from '../api/types'
import { money } from '../format'
import { Card, Fact } from '../ui'
import { AsOf } from './as-of'
import { said } from './words'

const SUMS = ['billedFen', 'paidFen', 'elsewhereFen', 'creditedFen', 'reducedFen', 'refundedFen'] as const

/** What is owed at the end, and what it came from. A figure that nobody knows is said to be unknown, never nought. */
export function SumsCard({ statement }: { statement: Statement }) {
  const { closingFen, openingFen, sums, unknownReason } = statement
  return (
    <Card className="stack" id="statement-sums">
      <View className="t-2">{said.closing}</View>
      <View className="papers-figure num" id="statement-closing">
        {closingFen === null ? said.unknown : `${standing(closingFen)} ${money(Math.abs(closingFen))}`}
      </View>
      {unknownReason === null ? null : <View className="t-2">{unknownReason}</View>}
      <Fact label={said.opening} value={openingFen === null ? said.unknown : money(openingFen)} mono />
      {SUMS.filter((name) => sums[name] !== 0 || name === 'billedFen' || name === 'paidFen').map((name) => (
        <Fact key={name} label={said.sums[name]} value={money(sums[name])} mono />
      ))}
      <AsOf {...statement.asOf} />
    </Card>
  )
}

function standing(fen: number): string {
  if (fen === 0) return said.even
  return fen > 0 ? said.owes : said.back
}
