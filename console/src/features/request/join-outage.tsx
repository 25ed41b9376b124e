import { Alert, Button, Popconfirm } from 'antd'
import type { DeskRequest } from '../../api/types'
import { useErrorText } from '../../kit/error-text'
import { useMay } from '../../kit/me-context'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { useJoinOutage } from './api/join-outage'
import { requestWords } from './words'

interface JoinOutageProps {
  readonly request: DeskRequest
  readonly noticeId: string
  readonly title: string
}

const over: readonly string[] = ['resolved', 'closed', 'merged', 'cancelled']

/** Makes this request part of an outage that everybody knows of: it ends with it, and nobody is sent. */
export function JoinOutage({ request, noticeId, title }: JoinOutageProps) {
  const words = useWords(requestWords)
  const may = useMay()
  const textOf = useErrorText()
  const { done } = useSay()
  const join = useJoinOutage()
  if (!may('desk.linkNotice') || over.includes(request.state)) return null
  const refused = join.data?.results.find((one) => one.refused !== null)?.refused ?? null
  const why = join.error ? textOf(join.error) : refused
  return (
    <>
      <Popconfirm
        title={words.joinTitle(title)}
        description={words.joinText}
        okText={words.joinOutage}
        onConfirm={() =>
          join.mutate(
            { requestIds: [request.id], noticeId },
            {
              onSuccess: ({ results }) => {
                if (results.every((one) => one.refused === null)) done(words.joined)
              },
            },
          )
        }
      >
        <Button size="small" loading={join.isPending} aria-label={words.joinOutageOf(title)}>
          {words.joinOutage}
        </Button>
      </Popconfirm>
      {why === null ? null : <Alert type="warning" showIcon role="alert" title={why} />}
    </>
  )
}
