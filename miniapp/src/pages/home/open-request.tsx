import { read } from '../../api/client'
import { RequestCard } from '../../parts/request-card'
import { useResource } from '../../state/resource'

/** The newest request that is still open. It is a courtesy: where it cannot be had, nothing stands here. */
export function OpenRequest() {
  const { resource } = useResource('open', () => read('requests.list', { show: 'open', limit: 1 }), {
    cache: 'open-request',
    onShow: true,
  })
  if (resource.state !== 'ready' && resource.state !== 'stale') return null
  const [request] = resource.data.items
  return request ? <RequestCard id="open-request" request={request} /> : null
}
