import { MoreOutlined, SearchOutlined } from '@ant-design/icons'
import { Button, Dropdown, Tooltip } from 'antd'
import { Link } from 'react-router'
import type { Output } from '../../../api/types'
import { useMay, useMe } from '../../../kit/me-context'
import { useSay } from '../../../kit/use-done'
import { useWords } from '../../../words/language'
import { keepConversation, usePick, useTake } from '../api/acts'
import { ChannelIcon } from '../list/channel-icon'
import { WaitingText } from '../list/waiting-text'
import { chatWords } from '../words'

export type Dialog = 'transfer' | 'close' | 'request' | 'keys'

interface TalkHeadProps {
  readonly data: Output<'chatDesk.get'>
  readonly onDialog: (dialog: Dialog) => void
  readonly onFind: () => void
  readonly take: Taking
}

interface Taking {
  readonly may: boolean
  readonly run: () => void
  readonly pending: boolean
}

/** Who it is and how it stands, and what may be done now. */
export function TalkHead({ data, onDialog, onFind, take }: TalkHeadProps) {
  const words = useWords(chatWords)
  const { conversation: row, may } = data
  const place = [row.shortAddress, row.topic, row.assignee?.name ?? words.stateOf[row.state]]
  return (
    <div className="request-head chat-head">
      <div className="request-title">
        <h2>
          {row.residentName} <ChannelIcon channel={row.channel} /> <WaitingText of={row} />
        </h2>
        <div className="quiet ellipsis">
          {place.filter(Boolean).join(' · ')}
          {row.request === null ? null : (
            <>
              {' · '}
              <Link to={`/requests/${row.request.id}`}>{words.requestMade(row.request.number)}</Link>
            </>
          )}
          {row.stars === null ? null : ` · ${words.stars(row.stars)}`}
        </div>
      </div>
      <Tooltip title={words.find}>
        <Button icon={<SearchOutlined aria-hidden />} aria-label={words.find} onClick={onFind} />
      </Tooltip>
      {take.may ? (
        <Button type="primary" loading={take.pending} onClick={take.run}>
          {words.take}
        </Button>
      ) : null}
      {may.includes('transfer') ? (
        <Button onClick={() => onDialog('transfer')}>{words.transfer}</Button>
      ) : null}
      {may.includes('makeRequest') ? (
        <Button onClick={() => onDialog('request')}>{words.makeRequest}</Button>
      ) : null}
      {may.includes('close') ? (
        <Button type={take.may ? 'default' : 'primary'} onClick={() => onDialog('close')}>
          {words.close}
        </Button>
      ) : null}
      <More conversationId={row.id} onKeys={() => onDialog('keys')} />
    </div>
  )
}

function More({ conversationId, onKeys }: { readonly conversationId: string; readonly onKeys: () => void }) {
  const words = useWords(chatWords)
  const may = useMay()
  const { done, failed } = useSay()
  const pick = usePick()
  const pickNow = (): void =>
    pick.mutate({ conversationId }, { onError: failed, onSuccess: () => done(words.picked) })
  const items = [
    ...(may('chatReview.pick') ? [{ key: 'pick', label: words.pick, onClick: pickNow }] : []),
    { key: 'keys', label: words.keys, onClick: onKeys },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button icon={<MoreOutlined aria-hidden />} aria-label={words.more} />
    </Dropdown>
  )
}

/** Takes it for me, where nobody has it or it was handed to me. */
export function useTaking({ conversation, may }: Output<'chatDesk.get'>): Taking {
  const words = useWords(chatWords)
  const me = useMe()
  const { done, failed } = useSay()
  const take = useTake()
  const mayTake = may.includes('take') && conversation.assignee?.id !== me.id
  return {
    may: mayTake,
    pending: take.isPending,
    run: () => {
      if (!mayTake || take.isPending) return
      const onSuccess = ({ conversation: taken }: Output<'chatDesk.take'>): void => {
        keepConversation(taken)
        done(words.taken)
      }
      take.mutate({ conversationId: conversation.id }, { onError: failed, onSuccess })
    },
  }
}
