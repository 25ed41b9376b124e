import { useRouter } from '@tarojs/taro'
import { read } from '../../api/client'
import { payProductHere } from '../../state/code-visit'
import { owedByCode } from '../../state/owed-by-code'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { useResource } from '../../state/resource'
import { Empty, Page, Show } from '../../ui'
import { words } from '../../words'
import { merchantsOf } from './choose'
import { Checkout } from './checkout'
import './index.scss'

const bones = [120, 160, 160] as const
const listOf = (value: string | undefined): string[] => (value ? decodeURIComponent(value).split(',') : [])

export default function CashierPage() {
  usePortalLoaded()
  return (
    <Page title={words.cashier.title}>
      <Gate guests bones={bones}>
        {() => <Content />}
      </Gate>
    </Page>
  )
}

/** Always asks anew what is owed: a cashier never opens on a remembered figure. `?bills&households`, or `?code=1`. */
function Content() {
  const { params } = useRouter()
  const byCode = params['code'] === '1'
  const { resource, retry, reload } = useResource(byCode ? 'code' : 'owed', () =>
    byCode ? owedByCode() : read('bills.owed', {}),
  )
  return (
    <Show resource={resource} bones={bones} onRetry={retry}>
      {(owed) => {
        const merchants = merchantsOf(owed, listOf(params['households']))
        if (merchants.length === 0) {
          return <Empty icon="check" title={words.cashier.empty} text={words.cashier.emptyText} />
        }
        return (
          <Checkout
            merchants={merchants}
            wanted={listOf(params['bills'])}
            {...(byCode ? { payer: payProductHere() } : {})}
            onStale={() => void reload()}
          />
        )
      }}
    </Show>
  )
}
