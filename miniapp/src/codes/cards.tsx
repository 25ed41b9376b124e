import { View } from '@tarojs/components'
import type { CodePage } from '../api/types'
import { noticeState } from '../by-code'
import { callHotline } from '../parts/hotline'
import { calendarDay, due, money, span } from '../format'
import { go } from '../routes'
import { useNow } from '../state/now'
import { Card, Icon, KindBadge, Row, Tag } from '../ui'
import type { Wish } from './acting'
import { words } from '../words'
import { said } from './words'

/** Whose code it is, as far as whoever holds it may know. */
export const HomeCard = ({ page }: { page: CodePage }) => (
  <Card className="between" id="code-home">
    <KindBadge kind={page.kind} />
    <View className="grow">
      <View className="t-title">{page.addressMasked}</View>
      <View className="t-2">{page.companyName}</View>
      <View className="t-3">{`${said.owner(page.ownerNameMasked)} · ${said.account(page.accountNoMasked)}`}</View>
    </View>
  </Card>
)

/** What is open, bill by bill; several can be chosen from. */
export function BillsCard({ page, onChoose }: { page: CodePage; onChoose: (() => void) | null }) {
  const nowMs = useNow()
  if (page.bills.length === 0) return null
  return (
    <Card list id="code-bills">
      <View className="code-card-title t-2">{said.bills}</View>
      {page.bills.map((bill) => {
        const day = bill.dueOn === null ? null : due(bill.dueOn, nowMs)
        return (
          <Row
            key={bill.id}
            title={bill.title}
            note={bill.dueOn === null ? '' : said.dueOn(calendarDay(bill.dueOn, nowMs))}
            side={
              <View>
                <View className="num">{money(bill.owedFen)}</View>
                {day?.late ? <Tag text={day.text} tone="bad" /> : null}
              </View>
            }
          />
        )
      })}
      {page.bills.length > 1 && onChoose !== null ? (
        <Row id="code-choose" title={said.choose} onClick={onChoose} />
      ) : null}
    </Card>
  )
}

interface ActsProps {
  page: CodePage
  busyWith: Wish | null
  onWish(wish: Wish): void
}

/** What else can be done here, with or without a bill. */
export const Acts = ({ page, busyWith, onWish }: ActsProps) => (
  <Card list>
    {page.may.readMeter ? (
      <Row
        id="code-read"
        lead={<Icon name="image" />}
        title={said.read}
        note={said.readNote}
        side={busyWith === 'read' ? <View className="spinner" /> : null}
        onClick={() => onWish('read')}
      />
    ) : null}
    <Row
      id="code-report"
      lead={<Icon name="repair" />}
      title={said.report}
      note={said.reportNote}
      side={busyWith === 'report' ? <View className="spinner" /> : null}
      onClick={() => onWish('report')}
    />
    <Row
      id="code-bind"
      lead={<Icon name="link" />}
      title={said.bind}
      note={said.bindNote}
      onClick={() => go('bind', { code: '1' })}
    />
  </Card>
)

/** What is announced for this household now. */
export function NoticesCard({ page }: { page: CodePage }) {
  const nowMs = useNow()
  return (
    <Card list id="code-notices">
      <View className="code-card-title t-2">{said.notices}</View>
      {page.notices.length === 0 ? (
        <View className="code-calm code-no-notices">
          <Icon name="check" />
          {said.noNotices}
        </View>
      ) : null}
      {page.notices.map((notice) => (
        <Row
          key={notice.id}
          lead={<Icon name="notice" />}
          title={notice.title}
          note={
            notice.from === null
              ? noticeState(notice, words.notice.states)
              : `${noticeState(notice, words.notice.states)} · ${span(notice.from, notice.to, nowMs)}`
          }
          onClick={() => go('notice', { noticeId: notice.id })}
        />
      ))}
    </Card>
  )
}

/** A human by telephone. */
export const Hotline = ({ number }: { number: string }) => (
  <View
    className="code-link t-accent num"
    id="code-hotline"
    role="button"
    onClick={() => callHotline(number)}
  >
    <Icon name="phone" />
    {said.hotline(number)}
  </View>
)
