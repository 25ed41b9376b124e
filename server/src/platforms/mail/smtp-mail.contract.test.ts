import { type AddressInfo, createServer, type Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import type { OutgoingMail, SendOutcome } from '../message-channel'
import { createSmtpMail } from './smtp-mail'

/** A real mail server on this machine, which is told how to answer. */
const open: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

interface Taken {
  readonly to: string
  readonly from: string
  readonly text: string
}

async function startMail(options: SMTPServerOptions = {}): Promise<{ port: number; taken: Taken[] }> {
  const taken: Taken[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        taken.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address).join(),
          text: Buffer.concat(chunks).toString('utf8'),
        })
        done()
      })
    },
    ...options,
  })
  // A client that goes away in the middle is a case that is tested here, not a fault of the server.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  open.push({ close: () => new Promise((resolve) => server.close(() => resolve())) })
  return { port: (server.server.address() as AddressInfo).port, taken }
}

/** A server that speaks just as far as its script goes. */
async function startScript(
  onLine: (line: string, say: (text: string) => void, end: () => void) => void,
): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined))
    const say = (text: string): void => void socket.write(`${text}\r\n`)
    say('220 script')
    socket.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString('utf8').split('\r\n').filter(Boolean)) {
        onLine(line, say, () => socket.destroy())
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push({
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  })
  return (server.address() as AddressInfo).port
}

const MAIL: OutgoingMail = {
  id: '01KAZ0000000000000000000AB',
  to: 'anna@example.com',
  subject: '停水通知：幸福小区 11月23日 8:00 至 18:00',
  head: { name: '清源<供水>', ground: '#0E7490', logo: null },
  text: '您好：\n\n幸福小区 <1 号楼> 将停水。\n请提前储水。',
  link: { label: '查看详情', url: 'https://portal.example.com/#/notice?id=1&a=2' },
}

function sendTo(port: number, over: object = {}, timeoutMs = 5000, mail = MAIL): Promise<SendOutcome> {
  const channel = createSmtpMail(
    {
      kind: 'smtp',
      host: '127.0.0.1',
      port,
      secure: false,
      tls: 'none',
      from: '一户 <notice@portal.example.com>',
      connectionsMax: 2,
      ...over,
    },
    { connectTimeoutMs: 2000, totalTimeoutMs: timeoutMs },
  )
  return channel.send(mail)
}

test('a mail arrives whole: Chinese subject, text and HTML, our own number', async () => {
  const { port, taken } = await startMail()
  expect(await sendTo(port)).toEqual({
    state: 'delivered',
    platformCode: '250',
    platformMessageId: MAIL.id,
    advice: null,
  })
  expect(taken).toMatchObject([{ from: 'notice@portal.example.com', to: 'anna@example.com' }])
  const text = taken[0]?.text ?? ''
  const header = (name: string): string =>
    new RegExp(`^${name}: ((?:.*\\r\\n[ \\t])*.*)`, 'im').exec(text)?.[1]?.replaceAll(/\r\n\s/g, ' ') ?? ''
  expect(header('Message-ID')).toBe('<01KAZ0000000000000000000AB@portal.example.com>')
  expect(header('Auto-Submitted')).toBe('auto-generated')
  expect(decodedWords(header('Subject'))).toBe(MAIL.subject)
  expect(header('From')).toContain('<notice@portal.example.com>')
  expect(Buffer.from(text).length).toBe(text.length)
  const [plain, html] = parts(text)
  expect(plain).toBe(`${MAIL.text}\n\n查看详情：https://portal.example.com/#/notice?id=1&a=2`)
  expect(html).toContain('<p>幸福小区 &lt;1 号楼&gt; 将停水。<br>请提前储水。</p>')
  expect(html).toMatch(/<div style="background:#0E7490;[^"]*">清源&lt;供水&gt;<[/]div><p>您好：/)
  expect(html).not.toContain('<img')
  expect(html).toContain('<a href="https://portal.example.com/#/notice?id=1&amp;a=2">查看详情</a>')
})

/** RFC 2047, both encodings. */
function decodedWords(header: string): string {
  return header.replace(/=\?utf-8\?([bq])\?([^?]*)\?=\s*/gi, (_all, kind: string, word: string) =>
    kind.toLowerCase() === 'b'
      ? Buffer.from(word, 'base64').toString('utf8')
      : unquoted(word.replaceAll('_', ' ')),
  )
}

function unquoted(text: string): string {
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

function parts(text: string): string[] {
  const boundary = /boundary="([^"]+)"/.exec(text)?.[1] ?? ''
  return text
    .split(`--${boundary}`)
    .slice(1, 3)
    .map((part) => {
      const [head = '', ...rest] = part.trim().split('\r\n\r\n')
      const body = rest.join('\r\n\r\n')
      return (
        head.includes('base64') ? Buffer.from(body, 'base64').toString('utf8') : unquoted(body)
      ).replaceAll('\r\n', '\n')
    })
}

const refusal = (code: number, words: string): Error =>
  Object.assign(new Error(words), { responseCode: code })

test.each<[string, SMTPServerOptions, Partial<SendOutcome>]>([
  [
    'knows no such mailbox',
    { onRcptTo: (_address, _session, done) => done(refusal(550, 'no such user')) },
    { state: 'refused', advice: 'unreachable', platformCode: '550' },
  ],
  [
    'asks to come back later (greylisting)',
    { onRcptTo: (_address, _session, done) => done(refusal(451, 'try later')) },
    { state: 'later', advice: null, platformCode: '451' },
  ],
  [
    'does not take mail from us',
    { onMailFrom: (_address, _session, done) => done(refusal(553, 'not yours')) },
    { state: 'later', advice: 'rest-channel', platformCode: '553' },
  ],
  [
    'takes it for spam',
    {
      onData: (stream, _session, done) => {
        stream.resume().on('end', () => done(refusal(554, 'spam')))
      },
    },
    { state: 'failed', advice: 'page-staff', platformCode: '554' },
  ],
  [
    'is full after the text',
    {
      onData: (stream, _session, done) => {
        stream.resume().on('end', () => done(refusal(452, 'full')))
      },
    },
    { state: 'later', advice: null, platformCode: '452' },
  ],
])('a server that %s', async (_what, options, outcome) => {
  const { port } = await startMail(options)
  expect(await sendTo(port)).toMatchObject(outcome)
})

test('the logo of whoever writes goes along inside the mail, and nothing is fetched to show it', async () => {
  const { port, taken } = await startMail()
  const logo = Buffer.from('a picture')
  await sendTo(port, {}, 5000, { ...MAIL, head: { ...MAIL.head, logo } })
  const raw = taken[0]?.text ?? ''
  expect(raw).toMatch(/Content-Type: multipart\/related/i)
  expect(raw).toMatch(/Content-Id: <logo>/i)
  expect(raw).toContain(logo.toString('base64'))
  expect(raw).not.toMatch(/src=(3D)?"?http/i)
})

test('N07: a server that is silent after the text leaves the mail unknown', async () => {
  const { port } = await startMail({ onData: (stream) => void stream.resume() })
  expect(await sendTo(port, {}, 300)).toMatchObject({ state: 'unknown', advice: null })
})

test('N07: a connection that is lost after the text leaves the mail unknown; before it, the mail goes out later', async () => {
  const until =
    (stop: string) =>
    (line: string, say: (text: string) => void, end: () => void): void => {
      if (line.startsWith(stop)) end()
      else if (line.startsWith('EHLO')) say('250 script')
      else if (/^(MAIL|RCPT)/.test(line)) say('250 ok')
      else if (line.startsWith('DATA')) say('354 go on')
    }
  expect(await sendTo(await startScript(until('.')))).toMatchObject({ state: 'unknown' })
  for (const step of ['EHLO', 'MAIL', 'RCPT', 'DATA'])
    expect(await sendTo(await startScript(until(step)))).toMatchObject({ state: 'later' })
})

test('a server that is not there is tried later', async () => {
  const port = await startScript(() => undefined)
  await open.splice(0)[0]?.close()
  expect(await sendTo(port)).toMatchObject({ state: 'later' })
})

test('a wrong password rests the channel; a right one is let in', async () => {
  const { port, taken } = await startMail({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ password }, _session, done) =>
      password === 'right' ? done(null, { user: 'portal' }) : done(new Error('no')),
  })
  expect(await sendTo(port, { user: 'portal', password: 'wrong' })).toMatchObject({
    state: 'later',
    advice: 'rest-channel',
    platformCode: '535',
  })
  expect(await sendTo(port, { user: 'portal', password: 'right' })).toMatchObject({ state: 'delivered' })
  expect(taken).toHaveLength(1)
})

test('where TLS is demanded, a server without it, or with a certificate of nobody, gets no mail', async () => {
  const bare = await startMail()
  expect(await sendTo(bare.port, { tls: 'required' })).toMatchObject({
    state: 'later',
    advice: 'rest-channel',
  })
  const selfSigned = await startMail({ disabledCommands: [] })
  expect(await sendTo(selfSigned.port, { tls: 'required' })).toMatchObject({ state: 'later' })
  expect([...bare.taken, ...selfSigned.taken]).toEqual([])
})

test('what is no address is refused before anything is sent', async () => {
  const channel = createSmtpMail(
    {
      kind: 'smtp',
      host: '127.0.0.1',
      port: 9,
      secure: false,
      tls: 'none',
      from: 'a@b.cn',
      connectionsMax: 1,
    },
    { connectTimeoutMs: 100, totalTimeoutMs: 100 },
  )
  for (const to of ['', 'anna', 'a b@c.cn', 'a@b.cn, c@d.cn', 'a@b.cn\r\nRCPT TO:<c@d.cn>', 'Anna <a@b.cn>'])
    expect(await channel.send({ ...MAIL, to })).toMatchObject({
      state: 'refused',
      platformCode: 'bad_address',
    })
})
