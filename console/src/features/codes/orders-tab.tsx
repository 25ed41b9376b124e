import { Button, Progress } from 'antd'
import { dayOf, timeOf } from '../../kit/format'
import { placeIn } from '../../kit/keyset'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { Loaded } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { Pager } from '../../kit/pager'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { useSearchParams } from 'react-router'
import { type CodeOrder, useCancelOrder, useOrders, useResumeOrder, useTakeFile } from './api'
import { sizeOf } from './pages'
import { type CodeWords, codeWords } from './words'

/** What was ordered, how far it is, and its files. */
export function OrdersTab({ companyId }: { readonly companyId: string }) {
  const words = useWords(codeWords)
  const [params] = useSearchParams()
  const { cursor } = placeIn(params)
  const query = useOrders({ companyId, ...(cursor !== null && { cursor }) })
  return (
    <>
      <Loaded query={query} empty={{ when: ({ items }) => items.length === 0, words: words.noOrders }}>
        {({ items }) => (
          <ListTable<CodeOrder>
            name="code-orders"
            label={words.orderList}
            rowKey="id"
            rows={items}
            columns={columnsOf(words)}
            loading={query.isPlaceholderData}
            acts={{ title: words.acts, width: 80, render: (order) => <OrderActs order={order} /> }}
          />
        )}
      </Loaded>
      <Pager nextCursor={query.data?.nextCursor ?? null} />
    </>
  )
}

const TONES = { running: 'go', done: 'ok', cancelled: 'quiet', failed: 'bad' } as const

function columnsOf(words: CodeWords): readonly ListColumn<CodeOrder>[] {
  const formOf = ({ form }: CodeOrder): string => (form === null ? words.onlyCodes : words.formOf[form])
  return [
    {
      key: 'what',
      always: true,
      title: words.what,
      width: 210,
      text: (order) => `${order.placeName} ${formOf(order)}`,
      render: (order) => (
        <>
          <b>{order.placeName}</b>
          <div className="quiet">{formOf(order)}</div>
          <div className="quiet small">{words.by(order.createdBy, timeOf(order.createdAt))}</div>
        </>
      ),
    },
    {
      key: 'progress',
      title: words.progress,
      width: 150,
      text: (order) =>
        `${words.orderStateOf[order.state]} ${words.progressText(order.passed, order.households)}`,
      render: (order) => (
        <>
          <span className={`chip chip-${TONES[order.state]}`}>{words.orderStateOf[order.state]}</span>{' '}
          <span className="num">{words.progressText(order.passed, order.households)}</span>
          {order.state === 'running' ? (
            <Progress
              size="small"
              showInfo={false}
              percent={Math.floor((order.passed / Math.max(1, order.households)) * 100)}
              aria-label={words.progress}
            />
          ) : null}
        </>
      ),
    },
    {
      key: 'result',
      title: words.result,
      width: 140,
      text: (order) =>
        [
          words.madeCount(order.made),
          order.leftOut > 0 ? words.leftOutShort(order.leftOut) : '',
          order.missing > 0 ? words.missing(order.missing) : '',
        ]
          .join(' ')
          .trim(),
      render: (order) => (
        <>
          <div className="num">{words.madeCount(order.made)}</div>
          {order.leftOut > 0 ? (
            <div className="tone-warn small">{words.leftOutShort(order.leftOut)}</div>
          ) : null}
          {order.missing > 0 ? <div className="tone-warn small">{words.missing(order.missing)}</div> : null}
        </>
      ),
    },
    {
      key: 'files',
      title: words.files,
      width: 320,
      text: (order) => order.files.map(({ title }) => title).join('、'),
      render: (order) => <Files order={order} />,
    },
  ]
}

function Files({ order }: { readonly order: CodeOrder }) {
  const words = useWords(codeWords)
  const may = useMay()
  const { failed } = useSay()
  const take = useTakeFile()
  if (order.files.length === 0)
    return order.form !== null && order.state === 'done' && order.pages > 0 ? (
      <span className="quiet">{words.expired}</span>
    ) : (
      <>—</>
    )
  return (
    <>
      <ul className="printed-files">
        {order.files.map(({ fileNo, title, codes, pages, bytes }) => (
          <li key={fileNo}>
            <div>
              {title}
              <div className="quiet small num">{words.fileText(codes, pages, sizeOf(bytes))}</div>
            </div>
            {may('codeDesk.takeFile') ? (
              <Button
                size="small"
                aria-label={words.downloadOf(title)}
                loading={take.isPending && take.variables.fileNo === fileNo}
                onClick={() =>
                  take.mutate(
                    { orderId: order.id, fileNo },
                    { onError: failed, onSuccess: ({ url }) => window.location.assign(url) },
                  )
                }
              >
                {words.download}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {order.filesUntil === null ? null : (
        <div className="quiet small">{words.until(dayOf(order.filesUntil))}</div>
      )}
    </>
  )
}

function OrderActs({ order }: { readonly order: CodeOrder }) {
  const words = useWords(codeWords)
  const { done, failed } = useSay()
  const [cancel, resume] = [useCancelOrder(), useResumeOrder()]
  return (
    <span className="row-actions">
      {order.state === 'failed' ? (
        <Button
          size="small"
          type="primary"
          loading={resume.isPending}
          onClick={() =>
            resume.mutate({ orderId: order.id }, { onError: failed, onSuccess: () => done(words.resumed) })
          }
        >
          {words.resume}
        </Button>
      ) : null}
      {order.state === 'running' || order.state === 'failed' ? (
        <Button
          size="small"
          loading={cancel.isPending}
          onClick={() =>
            cancel.mutate({ orderId: order.id }, { onError: failed, onSuccess: () => done(words.cancelled) })
          }
        >
          {words.cancel}
        </Button>
      ) : null}
    </span>
  )
}
