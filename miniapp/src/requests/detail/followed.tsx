import { write } from '../../api/client'
import type { RequestView } from '../../api/types'
import { Button, goBack, succeed, usePress } from '../../ui'
import { said } from '../words'

/** The way out of somebody else's request. */
export function Followed({ request }: { request: RequestView }) {
  const { busy, press } = usePress(async () => {
    await write('requests.follow', { requestId: request.id, follow: false })
    succeed(said.detail.unfollowed)
    goBack()
  })
  if (!request.may.includes('unfollow')) return null
  return (
    <Button kind="plain" id="unfollow" busy={busy} onClick={press}>
      {said.detail.unfollow}
    </Button>
  )
}
