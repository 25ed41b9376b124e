import { View } from '@tarojs/components'
import { asOf } from '../../format'
import { go } from '../../routes'
import { useNow } from '../../state/now'
import { creditNote, type OwedSummary } from '../../status'
import { Amount, classes, Icon } from '../../ui'
import { words } from '../../words'

/** What the total stands for: as of when, and what it leaves out. */
export function totalNote(summary: OwedSummary, nowMs: number): string {
  const parts = [
    summary.asOf !== null && summary.totalFen !== null ? asOf(summary.asOf, nowMs) : null,
    summary.missing.length > 0 ? words.home.missing(summary.missing) : null,
  ]
  return parts.filter((part) => part !== null).join(' · ')
}

/** The cashier for what is shown here: the open bills that nothing holds. */
export function openCashier(summary: OwedSummary): void {
  const households = summary.groups.map((group) => group.householdId)
  go('cashier', { households: households.join(',') })
}

/** The total and the one main button of the page. */
export function Hero({ summary }: { summary: OwedSummary }) {
  const nowMs = useNow()
  const owes = summary.totalFen !== null && summary.totalFen > 0
  const credit = creditNote(summary)
  const clear = summary.totalFen === 0 && summary.missing.length === 0
  return (
    <View className={classes('hero', !owes && 'hero-calm')}>
      <View className="hero-label">{words.home.total}</View>
      {summary.totalFen === null ? (
        <View className="t-head">{words.home.allMissing}</View>
      ) : (
        <View className="hero-line">
          <Amount fen={summary.totalFen} id="owed-total" />
          {clear ? (
            <View className="hero-clear">
              <Icon name="check" />
              {words.home.nothingOwed}
            </View>
          ) : null}
          {owes ? (
            <View
              className="hero-pay"
              id="go-pay"
              role="button"
              hoverClass="btn-pressed"
              onClick={() => openCashier(summary)}
            >
              {words.home.pay}
            </View>
          ) : null}
        </View>
      )}
      <View className="hero-note">{totalNote(summary, nowMs)}</View>
      {credit === null ? null : (
        <View className="hero-note" id="credit">
          {credit}
        </View>
      )}
    </View>
  )
}
