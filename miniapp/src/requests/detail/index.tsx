import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { read } from '../../api/client'
import type { RequestView } from '../../api/types'
import { AskChat } from '../../parts/ask-chat'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { usePullToReload } from '../../parts/paged'
import { useFresh } from '../../state/fresh'
import { useResource } from '../../state/resource'
import { Page, Show } from '../../ui'
import { residentActs } from '../acts'
import { RequestBody } from '../body'
import { Buttons, CancelRow } from '../buttons'
import { keptRequest, keepRequest } from '../last'
import { said } from '../words'
import { Charge } from './charge'
import { Followed } from './followed'
import { RateCard } from './rate-card'
import { Reopen } from './reopen'
import { Survey } from './survey'
import { Visit } from './visit'

const bones = [300, 120, 420] as const

/** One request and everything that can be done with it. `?id` */
export default function DetailPage() {
  const { params } = useRouter()
  usePortalLoaded()
  return (
    <Page title={said.detail.title}>
      <Gate guests bones={bones}>
        {() => <Detail key={params['id']} id={params['id'] ?? ''} />}
      </Gate>
    </Page>
  )
}

const askEveryMs = 20_000

const isOpen = ({ state }: RequestView): boolean => state !== 'closed' && state !== 'cancelled'

function Detail({ id }: { id: string }) {
  const { resource, reload, retry } = useResource(
    id,
    async () => {
      const { request } = await read('requests.get', { requestId: id })
      keepRequest(request)
      return request
    },
    { cache: `request.${id}`, onShow: true },
  )
  // An act answers with the request as it is then; the next answer to a question may be newer.
  const [changed, setChanged] = useState<RequestView | null>(null)
  usePullToReload(reload)
  const fetched = resource.state === 'ready' || resource.state === 'stale' ? resource.data : keptRequest(id)
  const request = changed !== null && changed.updatedAt > (fetched?.updatedAt ?? 0) ? changed : fetched
  useFresh(reload, askEveryMs, request !== null && isOpen(request))
  const onChanged = (next: RequestView) => {
    keepRequest(next)
    setChanged(next)
    void reload()
  }
  // What was just sent or changed is shown while the first answer is on its way; the page must not be built anew then.
  const shown: typeof resource =
    request !== null && resource.state === 'loading' ? { state: 'ready', data: request } : resource
  return (
    <Show resource={shown} bones={bones} onRetry={retry}>
      {(found) => <Whole request={request ?? found} onChanged={onChanged} />}
    </Show>
  )
}

function Whole({ request, onChanged }: { request: RequestView; onChanged(request: RequestView): void }) {
  const acts = residentActs(request.id)
  const both = { request, acts, onChanged }
  return (
    <>
      <RequestBody request={request}>
        <Survey request={request} />
        <Charge request={request} />
        <RateCard request={request} />
        <Visit request={request} onChanged={onChanged} />
      </RequestBody>
      <View className="stack">
        <Reopen request={request} onChanged={onChanged} />
        <CancelRow {...both} />
        <Followed request={request} />
        <AskChat companyId={request.companyId} about="request" aboutId={request.id} />
      </View>
      <Buttons {...both} />
    </>
  )
}
