import type { Payment } from '../api/types'
import { fullMoment, money, period } from '../format'
import { Card, Fact } from '../ui'
import { words } from '../words'
import { restFacts } from './money-of'

/** Who is paid for what, as it would stand on a slip of paper. */
export const PaymentFacts = ({ payment }: { payment: Payment }) => (
  <Card>
    <Fact label={words.result.payee} value={payment.payeeName} />
    {payment.bills.map((bill) => (
      <Fact
        key={bill.billId}
        label={payment.bills.length > 1 ? `${bill.companyName} ${period(bill.period)}` : words.result.bill}
        value={payment.bills.length > 1 ? money(bill.paidFen ?? bill.amountFen) : bill.title}
      />
    ))}
    {restFacts(payment).map(({ label, fen }) => (
      <Fact key={label} label={label} value={money(fen)} />
    ))}
    {payment.bills[0] ? (
      <Fact label={words.result.household} value={payment.bills[0].accountNoMasked} mono />
    ) : null}
    <Fact label={words.result.method} value={words.channels[payment.channel]} />
    <Fact label={words.result.time} value={fullMoment(payment.paidAt ?? payment.createdAt)} />
    {payment.tradeNo ? <Fact label={words.result.tradeNo} value={payment.tradeNo} mono /> : null}
    <Fact label={words.result.orderNo} value={payment.orderNo} mono />
  </Card>
)
