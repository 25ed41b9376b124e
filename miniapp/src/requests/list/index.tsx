import { useState } from 'react'
import { read } from '../../api/client'
import type { Output } from '../../api/types'
import { Gate, usePortalLoaded } from '../../parts/gate'
import { Paged, usePullToReload } from '../../parts/paged'
import { RequestCard } from '../../parts/request-card'
import { go } from '../../routes'
import { usePagesOf } from '../../state/pages-of'
import { Button, Choices, Empty, Foot, Page } from '../../ui'
import { said } from '../words'

const bones = [220, 220, 220] as const
const choices = ['all', 'open', 'closed'] as const
type Which = (typeof choices)[number]

/** My requests and those I follow, open ones first. */
export default function ListPage() {
  usePortalLoaded()
  return (
    <Page title={said.list.title}>
      <Gate guests bones={bones}>
        {() => <Requests />}
      </Gate>
    </Page>
  )
}

function Requests() {
  const [show, setShow] = useState<Which>('all')
  const pages = usePagesOf<Output<'requests.list'>>(
    show,
    (cursor) => read('requests.list', { show, ...(cursor ? { cursor } : {}) }),
    { cache: `requests.${show}`, onShow: true },
  )
  usePullToReload(pages.reload)
  return (
    <>
      <Choices<Which>
        options={choices.map((value) => ({ value, label: said.list[value] }))}
        value={show}
        onPick={setShow}
      />
      <Paged
        pages={pages}
        bones={bones}
        empty={<Empty icon="repair" title={said.list.empty} text={said.list.emptyText} />}
      >
        {pages.items.map((request) => (
          <RequestCard key={request.id} id={`request-${request.id}`} request={request} />
        ))}
      </Paged>
      <Foot>
        <Button id="report" onClick={() => go('report')}>
          {said.list.report}
        </Button>
      </Foot>
    </>
  )
}
