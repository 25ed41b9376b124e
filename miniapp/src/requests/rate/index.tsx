import { useRouter } from '@tarojs/taro'
import { read } from '../../api/client'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { useResource } from '../../state/resource'
import { Card, Fact, goBack, Page, Show } from '../../ui'
import { residentActs } from '../acts'
import { keepRequest } from '../last'
import { RateForm } from '../rate-form'
import { said } from '../words'
import '../body.scss'

/** How it went. `?id[&stars]` */
export default function RatePage() {
  const { params } = useRouter()
  usePortalLoaded()
  return (
    <Page title={said.rate.title}>
      <Gate guests bones={[120, 420]}>
        {() => <Rating id={params['id'] ?? ''} stars={Number(params['stars'] ?? 0)} />}
      </Gate>
    </Page>
  )
}

function Rating({ id, stars }: { id: string; stars: number }) {
  const { resource, retry } = useResource(
    id,
    async () => (await read('requests.get', { requestId: id })).request,
  )
  return (
    <Show resource={resource} bones={[120, 420]} onRetry={retry}>
      {(request) => (
        <>
          <Card>
            <Fact label={request.typeName} value={request.number} mono />
          </Card>
          <RateForm
            request={request}
            acts={residentActs(id)}
            firstStars={stars >= 1 && stars <= 5 ? stars : 0}
            onRated={(next) => {
              keepRequest(next)
              goBack()
            }}
          />
        </>
      )}
    </Show>
  )
}
