import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { read } from '../../api/client'
import type { RequestView } from '../../api/types'
import { usePortalLoaded } from '../../parts/gate'
import { useResource } from '../../state/resource'
import { Page, Show } from '../../ui'
import { linkActs } from '../acts'
import { RequestBody } from '../body'
import { Buttons, CancelRow } from '../buttons'
import { RateForm } from '../rate-form'
import { said } from '../words'

/** A request for somebody who has neither wallet: the link of the SMS is the key, nobody signs in. `?token` */
export default function LinkPage() {
  const { params } = useRouter()
  usePortalLoaded()
  return (
    <Page title={said.link.title}>
      <ByLink token={params['token'] ?? ''} />
    </Page>
  )
}

function ByLink({ token }: { token: string }) {
  const { resource, reload, retry } = useResource(
    token,
    async () => (await read('requests.byLink', { token })).request,
    { onShow: true },
  )
  const [changed, setChanged] = useState<RequestView | null>(null)
  const acts = linkActs(token)
  const onChanged = (request: RequestView) => {
    setChanged(request)
    void reload()
  }
  return (
    <Show resource={resource} bones={[300, 120, 420]} onRetry={retry}>
      {(found) => {
        const request = changed !== null && changed.updatedAt > found.updatedAt ? changed : found
        return (
          <>
            <RequestBody request={request}>
              {request.may.includes('rate') ? (
                <RateForm request={request} acts={acts} firstStars={0} onRated={onChanged} />
              ) : null}
            </RequestBody>
            <CancelRow request={request} acts={acts} onChanged={onChanged} />
            <Buttons request={request} acts={acts} onChanged={onChanged} />
          </>
        )
      }}
    </Show>
  )
}
