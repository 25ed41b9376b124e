import { View } from '@tarojs/components'
import type { CheckedProof } from '../api/types'
import { fullMoment, money, period } from '../format'
import { Card, Fact } from '../ui'
import { words } from '../words'
import { said } from './words'

type Facts = Omit<Extract<CheckedProof, { result: 'genuine' }>, 'result'>

/** What a proof says, to its owner and to a stranger alike: nothing in it tells who lives there. */
export const ProofFacts = ({ proof }: { proof: Facts }) => (
  <Card className="stack" id="proof-facts">
    <View className="t-2">{said.code}</View>
    <View className="papers-figure num" id="proof-code">
      {proof.code}
    </View>
    <Fact label={said.state} value={said.states[proof.state]} />
    <Fact label={said.amount} value={money(proof.amountFen)} mono />
    {proof.refundedFen > 0 ? <Fact label={said.refundedPart} value={money(proof.refundedFen)} mono /> : null}
    {proof.refundingFen > 0 ? (
      <Fact label={said.refundingPart} value={money(proof.refundingFen)} mono />
    ) : null}
    <Fact label={said.company} value={proof.companyName} />
    <Fact label={said.account} value={proof.accountNoMasked} mono />
    {proof.items.map((item) => (
      <Fact
        key={`${item.title} ${item.period}`}
        label={item.title}
        value={`${period(item.period)} ${money(item.amountFen)}`}
        mono
      />
    ))}
    <Fact label={said.paidAt} value={fullMoment(proof.paidAt)} mono />
    <Fact label={said.channel} value={words.channels[proof.channel]} />
    <Fact label={said.issuedAt} value={fullMoment(proof.issuedAt)} mono />
    <Fact label={said.checkedAt} value={fullMoment(proof.asOf)} mono />
  </Card>
)
