import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createPool } from 'mysql2/promise'
import { type WebSocket, WebSocketServer } from 'ws'

/** The floor of the chat, a program of its own: a relay that commits each message by mysql2, then passes it on. */
const config = JSON.parse(readFileSync(process.env['FLOOR_CONFIG'] ?? '', 'utf8')) as {
  port: number
  mariadbPort: number
  database: string
  poolSize: number
}
const pool = createPool({
  host: '127.0.0.1',
  port: config.mariadbPort,
  user: 'root',
  database: config.database,
  connectionLimit: config.poolSize,
})
const watchers = new Map<string, Set<WebSocket>>()
const lastSeq = new Map<string, number>()
const SQL = `INSERT INTO chat_message (conversationId, seq, id, senderKind, senderId, senderName, clientId, kind,
    audience, bodySealed, bodyAt, fileId, createdAt, recalledAt, outside)
  VALUES (?, ?, ?, 'resident', '', '住户', ?, 'text', 'all', ?, ?, NULL, ?, NULL, NULL)`

interface Frame {
  op: 'watch' | 'send' | 'ping'
  conversationId: string
  clientId: string
  content: { text: string }
}

const server = createServer((_request, response) => response.end('up'))
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
sockets.on('connection', (ws) => {
  ws.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString('utf8')) as Frame
    if (frame.op === 'ping') return ws.send('{"op":"pong"}')
    const { conversationId } = frame
    const room = watchers.get(conversationId) ?? new Set()
    if (frame.op === 'watch') {
      watchers.set(conversationId, room.add(ws))
      return ws.send(JSON.stringify({ op: 'conversation', conversationId }))
    }
    void relay(frame, room)
  })
})

async function relay({ conversationId, clientId, content }: Frame, room: Set<WebSocket>): Promise<void> {
  const seq = (lastSeq.get(conversationId) ?? 0) + 1
  lastSeq.set(conversationId, seq)
  const now = Date.now()
  const id = createHash('sha256').update(clientId).digest('hex').slice(0, 26)
  const body = Buffer.from(JSON.stringify(content)).toString('base64url')
  await pool.execute(SQL, [conversationId, seq, id, clientId, body, now, now])
  const items = [{ id, conversationId, seq, clientId, at: now, content }]
  const text = JSON.stringify({ op: 'messages', conversationId, items, more: false })
  for (const each of room) each.send(text)
}

server.listen(config.port, '127.0.0.1')
