import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { read, write } from '../../api/client'
import { heatCaseState } from '../../by-code'
import { calendarDay, money, moment } from '../../format'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { usePullToReload } from '../../parts/paged'
import { go } from '../../routes'
import { useNow } from '../../state/now'
import { useResource } from '../../state/resource'
import { Button, Card, confirm, Empty, fail, Page, Row, Show, succeed, Tag } from '../../ui'
import { words } from '../../words'
import { spanWords } from '../figures'
import type { CaseSummary, HeatHome, Supply } from '../types'
import { said } from '../words'
import '../heat.scss'
import { written } from '../../format-words'

const bones = [160, 260, 200] as const

/** Everything about heat that is more than a bill: measuring and refunds, stopping and resuming. `?[householdId]` */
export default function HeatPage() {
  usePortalLoaded()
  return (
    <Page title={said.home.title}>
      <Gate bones={bones}>{() => <Homes />}</Gate>
    </Page>
  )
}

function Homes() {
  const { params } = useRouter()
  const { resource, reload, retry } = useResource('heat', () => read('heating.mine', {}), {
    cache: 'heat.mine',
    onShow: true,
  })
  usePullToReload(reload)
  const first = params['householdId']
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {({ homes }) =>
        homes.length === 0 ? (
          <Empty title={said.home.none} text={said.home.noneText}>
            <Button onClick={() => go('bind')}>{words.home.bindButton}</Button>
          </Empty>
        ) : (
          <>
            {[...homes]
              .sort((a, b) => Number(b.householdId === first) - Number(a.householdId === first))
              .map((home) => (
                <Home key={home.householdId} home={home} onChanged={() => void reload()} />
              ))}
          </>
        )
      }
    </Show>
  )
}

function Home({ home, onChanged }: { home: HeatHome; onChanged(): void }) {
  const nowMs = useNow()
  const { season, isStopped, billAsOf, companyId, householdId, maySupply, stopRefund } = home
  const supplied = isStopped === null ? said.home.unknown : isStopped ? said.home.stopped : said.home.supplied
  return (
    <>
      <Card className="stack">
        <View className="t-head">{home.shortAddress}</View>
        <View className="t-2">
          {season === null
            ? said.home.noSeason
            : said.home.season(calendarDay(season.from, nowMs), calendarDay(season.to, nowMs))}
        </View>
        <View className="between">
          <Tag text={supplied} tone={isStopped === false ? 'ok' : 'plain'} />
          {billAsOf === null ? null : <View className="t-3">{said.home.asOf(moment(billAsOf, nowMs))}</View>}
        </View>
      </Card>
      <Card list>
        {isStopped === true ? (
          <Row id="heat-no-measure" title={said.home.noMeasure} note={measureNext(home)} />
        ) : (
          <Row
            id="heat-measure"
            title={said.home.measure}
            note={said.home.measureText}
            onClick={() => go('reportForm', { companyId, typeId: home.visitType, householdId })}
          />
        )}
        {stopRefund === null ? null : (
          <Row
            id="heat-stops"
            title={
              stopRefund.amountFen === null
                ? said.home.stopRefundOpen
                : said.home.stopRefund(money(stopRefund.amountFen))
            }
            note={said.home.stopRefundText(spanWords(stopRefund.minutes))}
            onClick={() => go('heatStops', { householdId })}
          />
        )}
        {maySupply === null ? null : (
          <Row
            id={`heat-${maySupply}`}
            title={said.home[maySupply]}
            note={maySupply === 'stop' ? said.home.stopText : said.home.resumeText}
            onClick={() => go('heatSupply', { householdId, kind: maySupply })}
          />
        )}
      </Card>
      {home.cases.length > 0 ? (
        <Card list>
          <View className="t-2 heat-caption">{said.home.cases}</View>
          {home.cases.map((one) => (
            <CaseRow key={one.id} one={one} />
          ))}
        </Card>
      ) : null}
      {home.supplies.length > 0 ? (
        <Card className="stack">
          <View className="t-2">{said.home.supplies}</View>
          {home.supplies.map((supply) => (
            <SupplyLine key={supply.id} supply={supply} onChanged={onChanged} />
          ))}
        </Card>
      ) : null}
    </>
  )
}

/** What somebody whose supply is stopped does to be warm again. */
function measureNext({ maySupply, supplies }: HeatHome): string {
  if (maySupply === 'resume') return said.home.noMeasureNext
  const waits = supplies.some(({ kind, state }) => kind === 'resume' && state === 'open')
  return waits ? said.home.noMeasureWaits : said.home.noMeasureCall
}

function CaseRow({ one }: { one: CaseSummary }) {
  const nowMs = useNow()
  const { amountFen, reckonedAt, dueAt, state } = one
  const told =
    dueAt !== null
      ? said.home.due(moment(dueAt, nowMs))
      : amountFen === null || reckonedAt === null
        ? ''
        : state === 'open'
          ? said.home.soFar(money(amountFen), moment(reckonedAt, nowMs))
          : said.home.back(money(amountFen))
  return (
    <Row
      id={`case-${one.id}`}
      title={<View className="num">{one.number}</View>}
      note={[said.home.caseKinds[one.kind], told].filter((part) => part !== '').join(' · ')}
      side={<Tag text={heatCaseState(one)} tone={state === 'final' ? 'warn' : 'plain'} />}
      onClick={() => go('heatCase', { id: one.id })}
    />
  )
}

function SupplyLine({ supply, onChanged }: { supply: Supply; onChanged(): void }) {
  const nowMs = useNow()
  const { state, answer, effectFen, byDesk } = supply
  const withdraw = async () => {
    if (!(await confirm(said.withdrawTitle, said.withdrawText, said.withdraw))) return
    await write('heating.withdrawSupply', { supplyId: supply.id })
    succeed(said.withdrawn)
    onChanged()
  }
  return (
    <View className="stack">
      <View className="between">
        <View>{`${said.kinds[supply.kind]} ${moment(supply.createdAt, nowMs)}`}</View>
        <Tag text={said.supplyStates[state]} tone={state === 'approved' ? 'ok' : 'plain'} />
      </View>
      {byDesk ? (
        <View className="t-2" id="supply-by-desk">
          {state === 'open' ? said.byDeskOpen : said.byDesk}
        </View>
      ) : null}
      {effectFen === null || state === 'refused' ? null : (
        <View className="t-2">
          {`${supply.kind === 'stop' ? said.supply.less : said.supply.more} ${money(effectFen)}`}
        </View>
      )}
      {answer === null ? null : <View className="t-2">{written.titled(said.case.answer, answer)}</View>}
      {state === 'open' ? (
        <Button
          small
          kind="plain"
          id="supply-withdraw"
          onClick={() => {
            withdraw().catch(fail)
          }}
        >
          {said.withdraw}
        </Button>
      ) : null}
    </View>
  )
}
