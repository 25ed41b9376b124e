import { useRouter } from '@tarojs/taro'
import { read } from '../../api/client'
import type { BillDetail } from '../../api/types'
import { yuan } from '../../format'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { PaperButton } from '../../parts/paper-button'
import { PayByPhone, useWide } from '../../platform/hall'
import { go } from '../../routes'
import { useNow, useTickAt } from '../../state/now'
import { isSignedIn, useSession } from '../../state/session'
import { useResource } from '../../state/resource'
import { holdOf } from '../../status'
import { Button, Foot, Page, Show } from '../../ui'
import { words } from '../../words'
import { BillBody } from './body'
import './index.scss'

const bones = [220, 420, 300] as const

export default function BillPage() {
  const { params } = useRouter()
  const portal = usePortalLoaded()
  const signedIn = useSession(isSignedIn)
  const billId = params['billId'] ?? ''
  const wide = useWide()
  const { resource, reload, retry } = useResource(billId, () => read('bills.get', { billId }), {
    cache: `bill.${billId}`,
    enabled: signedIn,
    onShow: true,
  })
  const data = resource.state === 'ready' || resource.state === 'stale' ? resource.data : null
  const brand = portal?.companies.find((company) => company.id === data?.companyId)?.brandColour
  return (
    <Page title={data ? data.title : words.bill.title} brand={brand} cols>
      <Gate bones={bones}>
        {() => (
          <Show resource={resource} bones={bones} onRetry={retry}>
            {(bill) => (
              <>
                {wide && bill.state === 'open' && bill.owedFen > 0 ? (
                  <PayByPhone billId={bill.id} onLook={() => void reload()} />
                ) : null}
                <BillBody bill={bill} />
                <PaperButton
                  id="bill-pdf"
                  label={words.papers.print}
                  format="pdf"
                  ask={() => read('papers.linkBill', { billId: bill.id })}
                />
                {wide ? null : <BillFoot bill={bill} />}
              </>
            )}
          </Show>
        )}
      </Gate>
    </Page>
  )
}

/** Pay it, go to my order that holds it, wait for another's, or nothing: a paid bill asks for nothing. */
function BillFoot({ bill }: { bill: BillDetail }) {
  const nowMs = useNow()
  useTickAt([bill.heldByOtherUntil])
  if (bill.state !== 'open' || bill.owedFen === 0) return null
  const held = bill.heldByPaymentId
  return (
    <Foot>
      {held === null ? (
        <Button
          id="pay-bill"
          disabled={holdOf(bill, nowMs) === 'other'}
          onClick={() => go('cashier', { bills: bill.id, households: bill.householdId })}
        >
          {words.bill.pay(yuan(bill.owedFen))}
        </Button>
      ) : (
        <Button id="held-payment" onClick={() => go('result', { paymentId: held, wallet: 'cancelled' })}>
          {words.bill.heldButton}
        </Button>
      )}
    </Foot>
  )
}
