import { ArrowLeftOutlined, EyeOutlined, MoreOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { Link } from 'react-router'
import type { DeskRequest } from '../../api/types'
import { useMay, useMe } from '../../kit/me-context'
import { useSay } from '../../kit/use-done'
import { PriorityTag, StateTag } from '../../kit/tags'
import { useWords } from '../../words/language'
import { keepRequest } from './api/keep-request'
import { useMove } from './api/move-request'
import { type DeskMove, deskMoves, isPlain } from './moves'
import { requestWords } from './words'

interface HeadBarProps {
  readonly request: DeskRequest
  readonly lookers: DeskRequest['lookers']
  readonly backTo: string
  readonly onMove: (move: DeskMove) => void
  readonly onDispatch: () => void
  readonly onClassify: () => void
}

/** What it is, how it stands, who else looks, and the moves that are allowed now. */
export function HeadBar(props: HeadBarProps) {
  const { request, backTo } = props
  const words = useWords(requestWords)
  return (
    <div className="request-head">
      <Link to={backTo} className="back" aria-label={words.back} title={words.back}>
        <ArrowLeftOutlined aria-hidden />
      </Link>
      <div className="request-title">
        <h1>
          {request.typeName} <span className="num quiet">{request.number}</span>
        </h1>
        <div className="quiet ellipsis">
          <StateTag state={request.state} /> <PriorityTag priority={request.priority} />{' '}
          {request.addressMasked ?? request.areaName ?? '—'}
        </div>
      </div>
      <Lookers lookers={props.lookers} />
      <MoveButtons {...props} />
    </div>
  )
}

/** Somebody else has it open: two people must not answer at once. */
function Lookers({ lookers }: Pick<HeadBarProps, 'lookers'>) {
  const words = useWords(requestWords)
  const me = useMe()
  const others = lookers.filter(({ id }) => id !== me.id)
  if (others.length === 0) return null
  return (
    <span className="lookers" role="status">
      <EyeOutlined aria-hidden /> {words.lookers(others.map(({ name }) => name).join('、'))}
    </span>
  )
}

/** The next step is the full button; everything that ends or delays stands behind “more”. */
function MoveButtons({ request, onMove, onDispatch, onClassify }: HeadBarProps) {
  const words = useWords(requestWords)
  const may = useMay()
  const moves = may('desk.move') ? deskMoves(request.moves) : []
  const accept = usePlainMove(request)
  const shown = moves.filter((move) => ['accept', 'resume', 'resolve', 'close', 'reopen'].includes(move))
  const rest = moves.filter((move) => !shown.includes(move))
  const mayDispatch = request.moves.includes('dispatch') && may('dispatch.assign')
  const items = [
    ...rest.map((move) => ({
      key: move,
      label: words.move[move],
      danger: move === 'cancel',
      onClick: () => onMove(move),
    })),
    ...(may('desk.classify') ? [{ key: 'classify', label: words.classify, onClick: onClassify }] : []),
  ]
  const first = mayDispatch && !moves.includes('accept') && !moves.includes('resume') ? 'dispatch' : shown[0]
  return (
    <div className="moves">
      {shown.map((move) => (
        <Button
          key={move}
          type={move === first ? 'primary' : 'default'}
          loading={accept.pending === move}
          onClick={() => (isPlain(move) ? accept.run(move) : onMove(move))}
        >
          {words.move[move]}
        </Button>
      ))}
      {mayDispatch ? (
        <Button type={first === 'dispatch' ? 'primary' : 'default'} onClick={onDispatch}>
          {words.move.dispatch}
        </Button>
      ) : null}
      {items.length === 0 ? null : (
        <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
          <Button icon={<MoreOutlined aria-hidden />} aria-label={words.more} />
        </Dropdown>
      )}
    </div>
  )
}

/** Accepting and resuming need no question. */
export function usePlainMove(request: DeskRequest): {
  readonly run: (move: DeskMove) => void
  readonly pending: DeskMove | null
} {
  const words = useWords(requestWords)
  const { done, failed } = useSay()
  const act = useMove()
  return {
    pending: act.isPending ? (act.variables?.move ?? null) : null,
    run: (move) =>
      act.mutate(
        { requestId: request.id, version: request.version, move, fileIds: [] },
        {
          onError: failed,
          onSuccess: (answer) => {
            keepRequest(answer)
            done(words.moved(words.move[move]))
          },
        },
      ),
  }
}
