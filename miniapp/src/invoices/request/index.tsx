import { useRouter } from '@tarojs/taro'
import { read } from '../../api/client'
import type { Output } from '../../api/types'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { Paged } from '../../parts/paged'
import { usePagesOf } from '../../state/pages-of'
import { useResource } from '../../state/resource'
import { Empty, Page, Show } from '../../ui'
import { RequestForm } from '../request-form'
import { said } from '../words'
import '../invoices.scss'

const bones = [260, 220, 160] as const

/** Asks for an invoice: of one payment, or of several that are ticked. `?[paymentId]` */
export default function RequestPage() {
  const { params } = useRouter()
  usePortalLoaded()
  return (
    <Page title={said.request.title}>
      <Gate bones={bones}>
        {() => <Found key={params['paymentId']} paymentId={params['paymentId'] ?? null} />}
      </Gate>
    </Page>
  )
}

function Found({ paymentId }: { paymentId: string | null }) {
  const of = paymentId === null ? {} : { paymentId }
  const pages = usePagesOf<Output<'invoices.listOpen'>>(
    `open.${paymentId ?? ''}`,
    (cursor) => read('invoices.listOpen', { ...of, ...(cursor ? { cursor } : {}) }),
    { onShow: true },
  )
  const titles = useResource('titles', () => read('invoices.titles', {}), { onShow: true })
  const first =
    pages.resource.state === 'ready' || pages.resource.state === 'stale' ? pages.resource.data : null
  return (
    <Paged
      pages={pages}
      bones={bones}
      empty={<Empty icon="records" title={said.request.none} text={said.request.noneText} />}
    >
      <Show resource={titles.resource} bones={bones} onRetry={titles.retry}>
        {(kept) => (
          <RequestForm
            items={pages.items}
            titles={kept.items}
            emailMasked={first?.emailMasked ?? null}
            asOf={first?.asOf ?? 0}
            isOnePayment={paymentId !== null}
            onStale={() => void pages.reload()}
          />
        )}
      </Show>
    </Paged>
  )
}
