import { Alert } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useParams } from 'react-router'
import { refresh } from '../../../api/query'
import type { DeskNotice, NoticeAct } from '../../../api/types'
import { count } from '../../../kit/count'
import { Failed, Loaded } from '../../../kit/loaded'
import { useMe } from '../../../kit/me-context'
import { useTitle } from '../../../kit/page'
import { useWords } from '../../../words/language'
import { ActDialog } from './act-dialog'
import { useNotice } from '../api/get-notice'
import { useStop } from '../api/change-notice'
import { useProgress } from '../api/read-progress'
import { CallList } from './call-list'
import { FactsCard } from './facts-card'
import { NoticeHead } from './notice-head'
import { OutcomeCard } from './outcome-card'
import { ReachCard } from './reach-card'
import { toldOf } from './progress'
import { ProgressCard } from './progress-card'
import { Versions } from './versions'
import { noticePageWords } from './words'

/** One notice: what was said, how far it has come, who must be called, and what may be done now. */
export function NoticePage() {
  const { noticeId = '' } = useParams()
  const query = useNotice(noticeId)
  useTitle(query.data?.notice.title ?? '')
  // It is often opened from the foot of the editor.
  useEffect(() => {
    // In braces: a browser may answer with a promise, which is no way to clean up.
    document.getElementById('content')?.scrollTo({ top: 0 })
  }, [])
  return (
    <div className="page">
      <Loaded query={query} rows={12}>
        {(data) => <NoticeBody key={noticeId} data={data} />}
      </Loaded>
    </div>
  )
}

function NoticeBody({ data }: { readonly data: DeskNotice }) {
  const words = useWords(noticePageWords)
  const me = useMe()
  const { notice, acts } = data
  const [doing, setDoing] = useState<NoticeAct | null>(null)
  const stop = useStop()
  // What was stopped is not said any more, yet some were told of it.
  const told = data.versions.some(({ publishedAt }) => publishedAt !== null)
  const progress = useProgress(notice.id, told)
  useRefreshAtEnd(progress.data?.progress?.state)
  // What was under way when it was stopped still counts.
  const now = progress.data?.progress ?? null
  const stopNow = (reason: string): void => {
    setDoing(null)
    stop.mutate({ noticeId: notice.id, revision: notice.revision, reason })
  }
  // An announcement has nobody to call and nothing that comes back.
  const isNews = notice.kind === 'general'
  const waits = notice.state === 'waiting' && !acts.includes('approve')
  return (
    <>
      <NoticeHead data={data} onAct={setDoing} stopping={stop.isPending} />
      {stop.isPending ? <Alert className="gap-below" type="warning" showIcon title={words.stopping} /> : null}
      {stop.data === undefined || !told ? null : (
        <Alert
          className="gap-below"
          type="success"
          showIcon
          role="status"
          title={words.stopped(count(Math.max(stop.data.alreadyTold, now === null ? 0 : toldOf(now))))}
        />
      )}
      {stop.error ? <Failed error={stop.error} retry={() => setDoing('stop')} /> : null}
      {waits ? (
        <Alert
          className="gap-below"
          type="info"
          showIcon
          title={notice.createdBy.id === me.id ? words.ownApproval : words.waitsForOther}
        />
      ) : null}
      <div className="notice">
        <div className="notice-main">
          {told ? <ProgressCard query={progress} /> : null}
          <ReachCard notice={notice} />
          <Versions versions={data.versions} />
        </div>
        <div className="notice-side">
          <FactsCard data={data} />
          {told && !isNews ? <CallList noticeId={notice.id} /> : null}
          {notice.version > 0 && !isNews ? <OutcomeCard data={data} /> : null}
        </div>
      </div>
      {doing === null ? null : (
        <ActDialog act={doing} data={data} progress={now} onStop={stopNow} onClose={() => setDoing(null)} />
      )}
    </>
  )
}

/** When sending ends, what may be done changes. */
function useRefreshAtEnd(state: string | undefined): void {
  const before = useRef(state)
  useEffect(() => {
    if (before.current !== undefined && before.current !== state)
      refresh(['notices.deskGet', 'notices.calls'])
    before.current = state
  }, [state])
}
