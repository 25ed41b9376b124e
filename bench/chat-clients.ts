import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'
import type { ChatClient, ChatTarget, ChatTurn } from './lib/chat-load'

/**
 * A program of its own: thousands of chat clients on one server. A message carries when it was to be written, so that a
 * server that holds writers up is not flattered; its time is over when the other side of its conversation has it.
 */
const target = JSON.parse(process.argv[2] ?? '') as ChatTarget
const clients = JSON.parse(readFileSync(target.clientsFile, 'utf8')) as ChatClient[]
const open: { readonly ws: WebSocket; readonly client: ChatClient }[] = []
const CONNECTING = 40
const BEAT_MS = 20_000
const BEAT_STEP_MS = 20
const WORDS = '您好，我家暖气今天上午开始不热了，麻烦帮忙看一下，谢谢。'

let tookMs: number[] = []
let serial = 0
const errors: Record<string, number> = {}

async function ticketFor(client: ChatClient): Promise<string> {
  if (!target.tickets) return ''
  const answer = await fetch(`http://127.0.0.1:${target.port}/api/chat.ticket`, {
    method: 'POST',
    headers: { ...client.headers, 'content-type': 'application/json' },
    body: '{}',
  })
  const { ticket } = (await answer.json()) as { ticket?: string }
  if (ticket === undefined) throw new Error(`no ticket: ${answer.status}`)
  return ticket
}

async function connect(client: ChatClient): Promise<void> {
  const ticket = await ticketFor(client)
  const ws = new WebSocket(`ws://127.0.0.1:${target.port}/chat/socket?ticket=${ticket}`, {
    perMessageDeflate: false,
  })
  await new Promise<void>((resolve, reject) => {
    ws.once('open', resolve)
    ws.once('error', reject)
  })
  ws.on('message', (data: Buffer) => hear(client, data))
  ws.on('close', (code) => {
    process.stderr.write(`a socket was closed: ${code}\n`)
    process.exit(1)
  })
  let waiting = client.conversations.length
  // Both servers answer a watch with a frame that names the conversation.
  await new Promise<void>((resolve) => {
    const watched = (data: Buffer): void => {
      if (!data.includes('onversation"')) return
      if (--waiting > 0) return
      ws.off('message', watched)
      resolve()
    }
    ws.on('message', watched)
    for (const conversationId of client.conversations)
      ws.send(JSON.stringify({ op: 'watch', conversationId, after: 0 }))
  })
  open.push({ ws, client })
}

/** `@<side> <when>` stands in front of the words; only what the other side wrote counts. */
const MARK = /@(resident|staff) (\d+\.\d+) /g

function hear(client: ChatClient, data: Buffer): void {
  if (data.includes('"op":"error"')) {
    const { code = 'error' } = JSON.parse(data.toString('utf8')) as { code?: string }
    errors[code] = (errors[code] ?? 0) + 1
  }
  if (!data.includes('"op":"messages"')) return
  for (const [, side, when] of data.toString('utf8').matchAll(MARK))
    if (side !== client.side) tookMs.push(performance.now() - Number(when))
}

async function connectMore(count: number): Promise<object> {
  const until = Math.min(clients.length, open.length + count)
  let next = open.length
  const one = async (): Promise<void> => {
    while (next < until) {
      const client = clients[next++]
      if (client) await connect(client)
    }
  }
  await Promise.all(Array.from({ length: CONNECTING }, one))
  return { open: open.length }
}

async function turn(perSecond: number, seconds: number): Promise<ChatTurn> {
  tookMs = []
  const inUse = new Set(
    open.filter(({ client }) => client.side === 'staff').flatMap(({ client }) => client.conversations),
  )
  const residents = open.filter(
    ({ client }) => client.side === 'resident' && inUse.has(client.conversations[0] ?? ''),
  )
  const staff = open.filter(({ client }) => client.side === 'staff')
  const total = perSecond * seconds
  const begin = performance.now()
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - begin) * perSecond) / 1000))
    for (; sent < due; sent++) {
      const writers = sent % 2 === 0 ? residents : staff
      const { ws, client } = writers[(sent * 7919) % writers.length] ?? open[0] ?? never()
      const at = begin + (sent * 1000) / perSecond
      say(ws, client, at)
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const late = performance.now() + 10_000
  while (tookMs.length < total && performance.now() < late)
    await new Promise((resolve) => setTimeout(resolve, 20))
  const sorted = tookMs.toSorted((a, b) => a - b)
  const at = (share: number): number =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(2))
  return { sent: total, received: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1), errors }
}

function say(ws: WebSocket, client: ChatClient, at: number): void {
  const conversationId = client.conversations[serial % client.conversations.length] ?? ''
  const clientId = `bench-${String(++serial).padStart(14, '0')}`
  const text = `@${client.side} ${at.toFixed(3)} ${WORDS}`
  ws.send(JSON.stringify({ op: 'send', conversationId, clientId, content: { kind: 'text', text } }))
}

function never(): never {
  throw new Error('nobody is connected')
}

/** Everybody says once a beat that they are there, each at a time of their own, as people do who came one by one. */
let beaten = 0
setInterval(() => {
  const due = Math.ceil((open.length * BEAT_STEP_MS) / BEAT_MS)
  for (let at = 0; at < due; at++) open[beaten++ % open.length]?.ws.send('{"op":"ping"}')
}, BEAT_STEP_MS)

createInterface({ input: process.stdin }).on('line', (line) => {
  const [command = '', first = '', second = ''] = line.split(' ')
  const doing = command === 'connect' ? connectMore(Number(first)) : turn(Number(first), Number(second))
  doing.then(
    (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`)
      process.exit(1)
    },
  )
})
