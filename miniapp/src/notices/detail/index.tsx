import { useRouter, useShareAppMessage } from '@tarojs/taro'
import { read } from '../../api/client'
import type { NoticePage, OpenQuestion } from '../../api/types'
import { usePortalLoaded } from '../../parts/gate'
import { isCurrent } from '../../parts/notice-phase'
import { usePullToReload } from '../../parts/paged'
import { RestoredQuestion } from '../../parts/restored-question'
import { routes } from '../../routes'
import { useVisitor } from '../../state/enter-quietly'
import { useFresh } from '../../state/fresh'
import { useMyNotices } from '../../state/my-notices'
import { useResource } from '../../state/resource'
import { Bones, Page, Show } from '../../ui'
import { History } from '../history'
import { NoticeMap } from '../map'
import { OldAnswer } from '../old-answer'
import { said } from '../words'
import { Facts } from './facts'
import { Foot } from './foot'
import { Top } from './top'
import '../notices.scss'

const bones = [300, 220, 220] as const
const askEveryMs = 60_000

/** One notice, for everybody; a resident can also be told of each change. `?noticeId` */
export default function NoticeDetailPage() {
  const { params } = useRouter()
  usePortalLoaded()
  const visitor = useVisitor()
  const id = params['noticeId'] ?? ''
  return visitor.settled ? (
    <Detail key={`${id}.${visitor.signedIn}`} id={id} signedIn={visitor.signedIn} />
  ) : (
    <Page title={said.detail.title}>
      <Bones heights={bones} />
    </Page>
  )
}

function Detail({ id, signedIn }: { id: string; signedIn: boolean }) {
  const { resource, reload, retry } = useResource(id, () => read('notices.get', { noticeId: id }), {
    cache: `notice.${id}`,
    onShow: true,
    keptWhenDown: true,
  })
  const mine = useMyNotices(signedIn)
  usePullToReload(reload)
  const found = resource.state === 'ready' || resource.state === 'stale' ? resource.data : null
  useFresh(reload, askEveryMs, found !== null && isCurrent(found.notice.shown))
  useShareAppMessage(() => ({
    title: found?.notice.title ?? said.detail.title,
    path: `${routes.notice}?noticeId=${encodeURIComponent(id)}`,
  }))
  const known = mine.resource.state === 'ready' ? mine.resource.data.questions : []
  const question = signedIn ? known.find(({ noticeId }) => noticeId === id) : undefined
  const title = found?.notice.kind === 'general' ? said.detail.announcement : said.detail.title
  return (
    <Page title={title}>
      <Show resource={resource} bones={bones} onRetry={retry}>
        {(page) => (
          <Whole
            page={page}
            signedIn={signedIn}
            question={question}
            onChanged={() => void Promise.all([reload(), signedIn ? mine.reload() : null])}
            onRetry={retry}
          />
        )}
      </Show>
    </Page>
  )
}

interface WholeProps {
  page: NoticePage
  signedIn: boolean
  question: OpenQuestion | undefined
  onChanged(): void
  onRetry(): void
}

const Whole = ({ page, signedIn, question, onChanged, onRetry }: WholeProps) => (
  <>
    <OldAnswer stale={page.stale} asOf={page.asOf} onRetry={onRetry} />
    {question ? <RestoredQuestion question={question} onAnswered={onChanged} /> : null}
    <Top notice={page.notice} signedIn={signedIn} />
    <Facts notice={page.notice} asOf={page.asOf} />
    <NoticeMap map={page.map} />
    <History history={page.history} />
    <Foot notice={page.notice} signedIn={signedIn} onChanged={onChanged} />
  </>
)
