import { View } from '@tarojs/components'
import Taro, { usePullDownRefresh, useRouter } from '@tarojs/taro'
import { useRef } from 'react'
import { write } from '../../api/client'
import { ApiError } from '../../api/errors'
import type { CodePage, OpenedCode } from '../../api/types'
import { usePortalLoaded } from '../../parts/gate'
import { tokenIn } from '../../platform/code-link'
import { go, open } from '../../routes'
import { currentVisit, keepOpened } from '../../state/code-visit'
import { type Resource, useResource } from '../../state/resource'
import { useScanned } from '../../state/scanned'
import { payBills } from '../../state/start-payment'
import { Page, Show } from '../../ui'
import { useActing, type Wish } from '../acting'
import { Acts, BillsCard, HomeCard, Hotline, NoticesCard } from '../cards'
import { ConsentSheet } from '../consent-sheet'
import { payHere, payNow } from '../paying'
import { NoCode, Revoked, Unknown } from '../states'
import { Sum } from '../sum'
import { said } from '../words'
import '../codes.scss'

const bones = [160, 300, 220] as const

/** A household's code, scanned: what is owed and what may be done, for whoever holds it. `?q`, `?qrCode`, or `?t`. */
export default function CodeHomePage() {
  const { params } = useRouter()
  const scanned = useScanned((state) => state.token)
  const token = params['t'] ?? tokenIn(params['q']) ?? tokenIn(params['qrCode']) ?? scanned
  if (token === null) {
    return (
      <Page title={said.title}>
        <NoCode />
      </Page>
    )
  }
  return <Scanned key={token} token={token} />
}

function Scanned({ token }: { token: string }) {
  const portal = usePortalLoaded()
  const again = useRef(false)
  const { resource, reload, retry } = useResource(
    token,
    async () => {
      const opened = await write('codes.open', { token, ...(again.current ? { again: true } : {}) })
      again.current = true
      if (opened.state === 'active') keepOpened({ token, page: opened.page })
      return opened
    },
    { onShow: true },
  )
  usePullDownRefresh(() => {
    void reload().finally(() => Taro.stopPullDownRefresh())
  })
  const page = pageOf(resource)
  const company = portal?.companies.find(({ id }) => id === page?.companyId)
  return (
    <Page title={page?.companyName ?? said.title} brand={company?.brandColour}>
      {resource.state === 'failed' && resource.code === 'code_unknown' ? (
        <Unknown message={resource.message} />
      ) : (
        <Show resource={resource} bones={bones} onRetry={retry}>
          {(opened) =>
            opened.state === 'revoked' ? (
              <Revoked opened={opened} />
            ) : (
              <Active token={token} page={opened.page} onStale={() => void reload()} />
            )
          }
        </Show>
      )}
    </Page>
  )
}

function pageOf(resource: Resource<OpenedCode>): CodePage | null {
  const opened = resource.state === 'ready' || resource.state === 'stale' ? resource.data : null
  return opened?.state === 'active' ? opened.page : null
}

const staleCodes = ['amount_changed', 'bill_held', 'bill_not_payable', 'not_found']

function Active({ token, page, onStale }: { token: string; page: CodePage; onStale(): void }) {
  const payAll = async () => {
    const { product } = payHere(page)
    const { billIds, totalFen } = payNow(page)
    if (product === null) return
    try {
      await payBills(billIds, product, totalFen, async (paymentId, wallet) => {
        await open('result', { paymentId, wallet })
      })
    } catch (error) {
      if (error instanceof ApiError && staleCodes.includes(error.code)) onStale()
      throw error
    }
  }
  const run = async (wish: Wish): Promise<void> => {
    if (wish === 'pay') await payAll()
    else if (wish === 'choose') go('cashier', { code: '1' })
    else if (wish === 'report') go('report', { code: '1' })
    else go('meterReport', { householdId: currentVisit()?.householdId ?? '' })
  }
  const { want, asking, agree, refuse, busyWith } = useActing(token, page, run)
  return (
    <>
      <HomeCard page={page} />
      <Sum page={page} busy={busyWith === 'pay'} onPay={() => want('pay')} />
      <BillsCard page={page} onChoose={payHere(page).product === null ? null : () => want('choose')} />
      <Acts page={page} busyWith={busyWith} onWish={want} />
      <NoticesCard page={page} />
      <Hotline number={page.hotline} />
      <View className="t-3 code-privacy">{said.privacy}</View>
      {asking === null ? null : <ConsentSheet onAgree={() => void agree()} onRefuse={refuse} />}
    </>
  )
}
