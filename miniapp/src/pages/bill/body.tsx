import { View } from '@tarojs/components'
import type { BillDetail } from '../../api/types'
import { asOf, calendarDay, money, moment, period, yuan } from '../../format'
import { AskChat } from '../../parts/ask-chat'
import { CompanyMark } from '../../parts/company-mark'
import { callHotline } from '../../parts/hotline'
import { WhyDiffers } from '../../parts/why-differs'
import { go } from '../../routes'
import { useNow } from '../../state/now'
import { billStatus, holdSentence } from '../../status'
import { Amount, Card, classes, Fact, Icon, Tag, Row } from '../../ui'
import { words } from '../../words'
import { LateFee } from './late-fee'
import { BillLine } from './line'
import { EstimateCard } from './estimate-card'
import { TierBar } from './tier-bar'

/** A bill as a resident asks about it: how much, why, from where. */
export function BillBody({ bill }: { bill: BillDetail }) {
  const nowMs = useNow()
  return (
    <>
      <CompanyMark companyId={bill.companyId} />
      <Total bill={bill} nowMs={nowMs} />
      {bill.estimated ? <EstimateCard billId={bill.id} /> : null}
      <Why bill={bill} />
      <LateFee lateFee={bill.lateFee} />
      <WhyDiffers billId={bill.id} />
      <Card list>
        <Row
          id="open-usage"
          title={words.usage.open}
          note={words.usage.openText}
          onClick={() => go('usage', { householdId: bill.householdId })}
        />
        <Row
          id="open-outlets"
          title={words.outlets.open}
          note={words.me.outletsText}
          onClick={() => go('outlets', { companyId: bill.companyId })}
        />
        {bill.state === 'paid' ? (
          <Row id="bill-invoice" title={words.receipt.invoice} onClick={() => go('invoiceRequest')} />
        ) : null}
      </Card>
      <Card>
        <View className="t-title">{words.bill.basics}</View>
        <View className="rule" />
        <Fact label={words.bill.household} value={bill.accountNoMasked} mono />
        <Fact label={words.bill.address} value={bill.address} />
        <Fact label={words.bill.period} value={period(bill.period)} />
        {bill.dueOn ? <Fact label={words.bill.dueOn} value={calendarDay(bill.dueOn, nowMs)} /> : null}
        <Fact label={words.bill.source} value={bill.source.name} />
        <View className="t-3 bill-asof">{asOf(bill.source.asOf, nowMs)}</View>
      </Card>
      <Versions bill={bill} nowMs={nowMs} />
      <AskChat companyId={bill.companyId} householdId={bill.householdId} about="bill" aboutId={bill.id} />
      <View className="bill-call t-accent" role="button" onClick={() => callHotline(bill.hotline)}>
        <Icon name="phone" />
        {`${words.bill.wrong} ${bill.hotline}`}
      </View>
    </>
  )
}

function Total({ bill, nowMs }: { bill: BillDetail; nowMs: number }) {
  const status = billStatus(bill, nowMs)
  const open = bill.state === 'open'
  const held = open ? holdSentence(bill, nowMs) : null
  return (
    <Card className="bill-total">
      <View className="t-2">
        {open ? words.bill.owed : words.bill[bill.state === 'paid' ? 'paid' : 'cancelled']}
      </View>
      <Amount fen={open ? bill.owedFen : bill.amountFen} id="bill-amount" />
      <Tag {...status} />
      {held === null ? null : (
        <View className="t-3" id="bill-held">
          {held}
        </View>
      )}
    </Card>
  )
}

/** Readings, then line by line up to the sum, then the tier and the sentences. */
function Why({ bill }: { bill: BillDetail }) {
  const { reading, tier } = bill
  return (
    <Card>
      <View className="t-title">{words.bill.why(yuan(bill.amountFen))}</View>
      <View className="rule" />
      {reading ? (
        <View className="between bill-line t-2">
          <View>{`${words.bill.from} ${reading.previous} → ${words.bill.to} ${reading.current}`}</View>
          <View className="num">{`${reading.quantity} ${reading.unit}`}</View>
        </View>
      ) : null}
      {bill.lines.map((line, index) => (
        <BillLine key={`${line.label}-${line.amountFen}`} line={line} id={`bill-line-${index + 1}`} />
      ))}
      <View className="rule" />
      <View className="between bill-line">
        <View className="t-title">{words.bill.total}</View>
        <View className="num t-title">{money(bill.amountFen)}</View>
      </View>
      {bill.paidFen > 0 && bill.state === 'open' ? (
        <View className="between bill-line t-2">
          <View>{words.bill.alreadyPaid}</View>
          <View className="num">{money(-bill.paidFen)}</View>
        </View>
      ) : null}
      {tier ? <TierBar tier={tier} /> : null}
      <View className={classes('bill-why', 't-2')}>
        {bill.why.map((sentence) => (
          <View key={sentence}>{sentence}</View>
        ))}
      </View>
    </Card>
  )
}

function Versions({ bill, nowMs }: { bill: BillDetail; nowMs: number }) {
  if (bill.versions.length === 0) return null
  return (
    <Card>
      <View className="t-title">{words.bill.versions}</View>
      <View className="rule" />
      {bill.versions.map((version) => (
        <Fact
          key={version.version}
          label={words.bill.version(version.version, moment(version.replacedAt, nowMs))}
          value={money(version.amountFen)}
        />
      ))}
    </Card>
  )
}
