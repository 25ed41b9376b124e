import { View } from '@tarojs/components'
import { useState } from 'react'
import { read } from '../../api/client'
import type { Company, Notice, NoticesOfMine, Output } from '../../api/types'
import { NoticeCard } from '../../parts/notice-card'
import { Paged, usePullToReload } from '../../parts/paged'
import { RestoredQuestion } from '../../parts/restored-question'
import { usePagesOf } from '../../state/pages-of'
import { useMyNotices } from '../../state/my-notices'
import type { Resource } from '../../state/resource'
import { Bones, Choices, Empty, StaleBanner } from '../../ui'
import { OldAnswer } from '../old-answer'
import { said } from '../words'

const bones = [220, 220, 220] as const
const any = 'any'

interface AllProps {
  companies: readonly Company[]
  signedIn: boolean
}

type Dated = Pick<Output<'notices.list'>, 'stale' | 'asOf'>

const dataOf = <T,>(resource: Resource<T>): T | null =>
  resource.state === 'ready' || resource.state === 'stale' ? resource.data : null

/** My homes first, then what is announced everywhere, by company. */
export function All({ companies, signedIn }: AllProps) {
  const [companyId, setCompanyId] = useState(any)
  const pages = usePagesOf<Output<'notices.list'>>(
    `${companyId}.${signedIn}`,
    (cursor) =>
      read('notices.list', {
        ...(companyId === any ? {} : { companyId }),
        ...(cursor ? { cursor } : {}),
      }),
    { cache: `notices.${companyId}`, onShow: true, keptWhenDown: true },
  )
  const mine = useMyNotices(signedIn)
  usePullToReload(async () => {
    await Promise.all([pages.reload(), signedIn ? mine.reload() : null])
  })
  const first = dataOf(pages.resource)
  const own = signedIn ? dataOf(mine.resource) : null
  const rest = pages.items.filter(({ id }) => !own?.items.some((notice) => notice.id === id))
  return (
    <>
      <Aged
        resources={[pages.resource, ...(signedIn ? [mine.resource] : [])]}
        onRetry={() => {
          pages.retry()
          if (signedIn) void mine.reload()
        }}
      />
      {own ? <Mine own={own} onAnswered={() => void mine.reload()} /> : null}
      {signedIn && mine.resource.state === 'loading' ? <Bones heights={[220]} /> : null}
      <View className="t-title part-title">{said.list.all}</View>
      {companies.length > 1 ? (
        <Choices
          options={[
            { value: any, label: said.list.anyCompany },
            ...companies.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={companyId}
          onPick={setCompanyId}
        />
      ) : null}
      <Paged
        pages={{ ...pages, resource: first ? { state: 'ready', data: first } : pages.resource }}
        bones={bones}
        empty={<Empty icon="check" title={said.list.empty} text={said.list.emptyText} />}
      >
        {rest.length === 0 && !pages.hasMore ? (
          <View className="t-2 part-title">{said.list.elsewhere}</View>
        ) : (
          <Cards notices={rest} />
        )}
      </Paged>
    </>
  )
}

/** What stands below is from earlier: kept on this phone, or by the server while its database is away. Said once, on top,
 * for whichever of the two lists it is: one may have a copy where the other has none. */
function Aged({ resources, onRetry }: { resources: readonly Resource<Dated>[]; onRetry(): void }) {
  for (const resource of resources) {
    if (resource.state === 'stale')
      return <StaleBanner savedAt={resource.savedAt} offline={resource.offline} onRetry={onRetry} />
    if (resource.state === 'ready' && resource.data.stale)
      return <OldAnswer stale asOf={resource.data.asOf} onRetry={onRetry} />
  }
  return null
}

function Mine({ own, onAnswered }: { own: NoticesOfMine; onAnswered(): void }) {
  const homes = own.items.filter(({ mine }) => mine.length > 0)
  // Such as for the parents' home, which is bound to somebody else.
  const followed = own.items.filter(({ mine }) => mine.length === 0)
  return (
    <>
      {own.questions.map((question) => (
        <RestoredQuestion
          key={`${question.noticeId}-${question.householdId}`}
          question={question}
          onAnswered={onAnswered}
        />
      ))}
      <View className="t-title part-title">{said.list.mine}</View>
      {homes.length === 0 ? <View className="t-2 part-title">{said.list.mineEmpty}</View> : null}
      <Cards notices={homes} />
      {followed.length > 0 ? <View className="t-title part-title">{said.list.followed}</View> : null}
      <Cards notices={followed} />
    </>
  )
}

const Cards = ({ notices }: { notices: readonly Notice[] }) => (
  <>
    {notices.map((notice) => (
      <NoticeCard key={notice.id} notice={notice} />
    ))}
  </>
)
