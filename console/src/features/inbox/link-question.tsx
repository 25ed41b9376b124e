import { Button, Input, Select, Space } from 'antd'
import { useState } from 'react'
import type { DeskRow } from '../../api/types'
import { useSay } from '../../kit/use-done'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useLinkOutage, useOpenOutages } from './api/link-outage'
import { onlyCompany } from './bulk'
import { useTellResults } from './use-tell-results'
import { inboxWords } from './words'

interface LinkQuestionProps {
  readonly rows: readonly DeskRow[]
  readonly onEnd: (finished: boolean) => void
}

/** Which announced outage these requests are part of. */
export function LinkQuestion({ rows, onEnd }: LinkQuestionProps) {
  const words = useWords(inboxWords)
  const kit = useWords(kitWords)
  const { failed } = useSay()
  const tell = useTellResults(rows)
  const companyId = onlyCompany(rows)
  const outages = useOpenOutages(companyId)
  const link = useLinkOutage()
  const [noticeId, setNoticeId] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const live = (outages.data?.items ?? []).filter(({ state, kind }) => state === 'live' && kind !== 'general')
  const submit = (): void => {
    if (noticeId === null) return
    link.mutate(
      {
        requestIds: rows.map(({ id }) => id),
        noticeId,
        ...(reason.trim().length > 1 && { reason: reason.trim() }),
      },
      {
        onError: failed,
        onSuccess: ({ results }) => {
          tell(results)
          onEnd(true)
        },
      },
    )
  }
  return (
    <div className="bulk-question" role="group" aria-label={words.linkOutage}>
      <p>{companyId === null ? words.linkOneCompany : words.linkOutageText(rows.length)}</p>
      <Space wrap>
        <Select
          aria-label={words.linkOutage}
          className="bulk-outage"
          placeholder={words.linkWhich}
          disabled={companyId === null}
          loading={outages.isFetching}
          notFoundContent={words.linkNone}
          value={noticeId}
          options={live.map(({ id, number, title }) => ({ value: id, label: `${title} · ${number}` }))}
          onChange={setNoticeId}
        />
        <Input
          aria-label={words.linkReason}
          placeholder={words.linkReason}
          maxLength={100}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          className="bulk-reason"
        />
        <Button type="primary" disabled={noticeId === null} loading={link.isPending} onClick={submit}>
          {words.bulkDo(words.linkOutage, rows.length)}
        </Button>
        <Button onClick={() => onEnd(false)}>{kit.cancel}</Button>
      </Space>
    </div>
  )
}
