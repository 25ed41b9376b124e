import { Alert, Button, Empty, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { ApiError } from '../api/errors'
import { useWords } from '../words/language'
import { useErrorText } from './error-text'
import { kitWords } from './words'

interface Query<T> {
  readonly data: T | undefined
  readonly error: unknown
  readonly isFetching: boolean
  readonly refetch: () => unknown
}

interface LoadedProps<T> {
  readonly query: Query<T>
  /** What the list will hold and how to fill it, when there is nothing. */
  readonly empty?: { readonly when: (data: T) => boolean; readonly words: ReactNode }
  readonly rows?: number
  readonly children: (data: T) => ReactNode
}

/** The states that every read has: waiting, failed with a way on, empty, and here. */
export function Loaded<T>({ query, empty, rows = 6, children }: LoadedProps<T>) {
  const words = useWords(kitWords)
  if (query.data === undefined) {
    if (query.error) return <Failed error={query.error} retry={query.refetch} />
    return (
      <div className="pad" role="status" aria-label={words.loading}>
        <Skeleton active title={false} paragraph={{ rows }} />
      </div>
    )
  }
  return (
    <>
      {query.error ? <Failed error={query.error} retry={query.refetch} /> : null}
      {empty?.when(query.data) ? <Nothing>{empty.words}</Nothing> : children(query.data)}
    </>
  )
}

export function Nothing({ children }: { readonly children: ReactNode }) {
  return <Empty className="pad" image={Empty.PRESENTED_IMAGE_SIMPLE} description={children} />
}

export function Failed({ error, retry }: { readonly error: unknown; readonly retry?: () => unknown }) {
  const words = useWords(kitWords)
  const textOf = useErrorText()
  // Only what somebody on duty could look up needs its number.
  const id = error instanceof ApiError && error.status >= 500 ? error.requestId : undefined
  return (
    <Alert
      className="failed"
      type="error"
      showIcon
      role="alert"
      title={textOf(error)}
      description={id === undefined ? undefined : <span className="num">{words.errorId(id)}</span>}
      action={
        retry ? (
          <Button size="small" onClick={() => void retry()}>
            {words.retry}
          </Button>
        ) : undefined
      }
    />
  )
}
