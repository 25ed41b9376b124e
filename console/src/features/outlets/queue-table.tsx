import { Button, Space } from 'antd'
import { timeOf } from '../../kit/format'
import { type ListColumn, ListTable } from '../../kit/list-table'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { type DeskTicket, useCallAgain, useEndTicket } from './api'
import { outletWords } from './words'

interface QueueTableProps {
  readonly tickets: readonly DeskTicket[]
  readonly counter: string
}

export function QueueTable({ tickets, counter }: QueueTableProps) {
  const words = useWords(outletWords)
  const columns: readonly ListColumn<DeskTicket>[] = [
    {
      key: 'number',
      always: true,
      title: words.number,
      width: 100,
      className: 'num',
      text: ({ number }) => String(number),
      render: ({ number, onPaper }) => (
        <>
          <b>{number}</b> {onPaper ? <span className="quiet">{words.paper}</span> : null}
        </>
      ),
    },
    {
      key: 'state',
      title: words.state,
      width: 120,
      text: ({ state, calls }) => `${words.states[state]}${calls > 1 ? ` ×${calls}` : ''}`,
    },
    { key: 'counter', title: words.at, width: 140, text: ({ counter: at }) => at ?? '' },
    {
      key: 'taken',
      title: words.taken,
      width: 160,
      className: 'num',
      text: ({ takenAt }) => timeOf(takenAt),
    },
  ]
  return (
    <ListTable<DeskTicket>
      name="outlet-queue"
      label={words.title}
      rowKey="id"
      rows={tickets}
      columns={columns}
      acts={{
        title: words.state,
        width: 240,
        render: (ticket) => <TicketActs ticket={ticket} counter={counter} />,
      }}
    />
  )
}

function TicketActs({ ticket, counter }: { readonly ticket: DeskTicket; readonly counter: string }) {
  const words = useWords(outletWords)
  const { failed } = useSay()
  const again = useCallAgain()
  const end = useEndTicket()
  if (ticket.state === 'waiting') return null
  const endAs = (as: 'served' | 'missed') => (
    <Button
      size="small"
      aria-label={`${words[as]} ${ticket.number}`}
      loading={end.isPending}
      onClick={() => end.mutate({ ticketId: ticket.id, as }, { onError: failed })}
    >
      {words[as]}
    </Button>
  )
  return (
    <Space>
      <Button
        size="small"
        aria-label={`${words.again} ${ticket.number}`}
        disabled={counter === ''}
        loading={again.isPending}
        onClick={() => again.mutate({ ticketId: ticket.id, counter }, { onError: failed })}
      >
        {words.again}
      </Button>
      {ticket.state === 'called' ? endAs('served') : null}
      {ticket.state === 'called' ? endAs('missed') : null}
    </Space>
  )
}
