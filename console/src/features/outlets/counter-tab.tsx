import { Button, Form, Input, Select, Space } from 'antd'
import { useState } from 'react'
import { keep, kept } from '../../kit/kept'
import { Loaded, Nothing } from '../../kit/loaded'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { type DeskOutlet, useCallNext, useGiveTicket, useQueue } from './api'
import { QueueTable } from './queue-table'
import { outletWords } from './words'

/** One counter: who is next, and who was called. The outlet and the counter stay chosen on this computer. */
export function CounterTab({ outlets }: { readonly outlets: readonly DeskOutlet[] }) {
  const words = useWords(outletWords)
  const queues = outlets.filter(({ hasTickets, state }) => hasTickets && state === 'open')
  const [chosen, setChosen] = useState(() => kept('outlet'))
  const [counter, setCounter] = useState(() => kept('outlet-counter') ?? '')
  const outletId = queues.find(({ id }) => id === chosen)?.id ?? queues[0]?.id ?? null
  const queue = useQueue(outletId)
  if (outletId === null) return <Nothing>{outlets.length === 0 ? words.none : words.noQueues}</Nothing>
  return (
    <>
      <Form layout="inline" component="div" style={{ marginBottom: 16 }}>
        <Form.Item label={words.outlet} htmlFor="counter-outlet">
          <Select
            id="counter-outlet"
            value={outletId}
            options={queues.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(id) => {
              keep('outlet', id)
              setChosen(id)
            }}
            popupMatchSelectWidth={false}
          />
        </Form.Item>
        <Form.Item label={words.counter} htmlFor="counter-name">
          <Input
            id="counter-name"
            maxLength={12}
            placeholder={words.counterHint}
            value={counter}
            onChange={(event) => {
              keep('outlet-counter', event.target.value)
              setCounter(event.target.value)
            }}
          />
        </Form.Item>
        <Acts outletId={outletId} counter={counter.trim()} />
      </Form>
      <Loaded query={queue} empty={{ when: ({ tickets }) => tickets.length === 0, words: words.emptyQueue }}>
        {(data) => (
          <>
            <p role="status">
              <b>{words.standing(data.waiting, data.minutes)}</b>{' '}
              <span className="quiet">{words.ended(data.served, data.missed)}</span>
            </p>
            <QueueTable tickets={data.tickets} counter={counter.trim()} />
          </>
        )}
      </Loaded>
    </>
  )
}

function Acts({ outletId, counter }: { readonly outletId: string; readonly counter: string }) {
  const words = useWords(outletWords)
  const { done, failed } = useSay()
  const next = useCallNext()
  const give = useGiveTicket()
  const call = (): void =>
    next.mutate(
      { outletId, counter },
      {
        onError: failed,
        onSuccess: ({ ticket }) => done(ticket === null ? words.nobody : words.called(ticket.number)),
      },
    )
  const hand = (): void =>
    give.mutate(
      { outletId },
      { onError: failed, onSuccess: ({ ticket }) => done(words.given(ticket.number)) },
    )
  return (
    <Space wrap>
      <Button
        type="primary"
        disabled={counter === ''}
        title={counter === '' ? words.counterNeeded : undefined}
        loading={next.isPending}
        onClick={call}
      >
        {words.callNext}
      </Button>
      <Button loading={give.isPending} onClick={hand}>
        {words.give}
      </Button>
    </Space>
  )
}
