import { View } from '@tarojs/components'
import type { Statement, StatementLine } from '../api/types'
import { fullMoment, money } from '../format'
import { go } from '../routes'
import { Card, Row } from '../ui'
import { words } from '../words'
import { said } from './words'

/** The movements, newest first as on a bank's page; each leads to its bill or to the proof of its payment. */
export const LinesCard = ({ statement }: { statement: Statement }) => (
  <>
    <View className="t-title">{said.lines}</View>
    <Card list id="statement-lines">
      {statement.lines
        .map((line, index) => ({ line, key: `${index}-${line.kind}` }))
        .toReversed()
        .map(({ line, key }) => (
          <LineRow
            key={key}
            line={line}
            householdId={statement.householdId}
            known={statement.openingFen !== null}
          />
        ))}
    </Card>
  </>
)

function LineRow({ line, householdId, known }: { line: StatementLine; householdId: string; known: boolean }) {
  const { kind, billId, paymentId } = line
  const how =
    line.channel === null ? said.kinds[kind] : `${said.kinds[kind]} · ${words.channels[line.channel]}`
  const day = fullMoment(line.at).split(' ')[0] ?? ''
  const side = (
    <View>
      <View className="num">{money(line.fen)}</View>
      {known ? <View className="t-3 num">{said.balance(money(line.balanceFen))}</View> : null}
    </View>
  )
  const facts = { title: line.title, note: `${day} · ${how}`, side }
  if (kind === 'payment' && paymentId !== null)
    return <Row {...facts} onClick={() => go('proof', { paymentId, householdId })} />
  if (billId !== null) return <Row {...facts} onClick={() => go('bill', { billId })} />
  return <Row {...facts} />
}
