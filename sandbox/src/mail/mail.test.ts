import { connect } from 'node:net'
import type { Kernel } from '../kernel/kernel'
import { testKernel } from '../kernel/testing'
import { declareMailFaults, type KeptMail, startMail } from './index'
import { parseMail } from './parse-mail'

const MAIL = [
  'From: =?UTF-8?B?5LiA5oi3?= <notice@portal.test>',
  'To: anna@example.com',
  'Subject: =?UTF-8?B?5YGc5rC06YCa55+l77ya?= =?UTF-8?Q?=E5=B9=B8=E7=A6=8F?=',
  'Message-ID: <1@portal.test>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/alternative;',
  ' boundary="b1"',
  '',
  '--b1',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  '=E8=AF=B7=E6=8F=90=E5=89=8D=E5=82=A8=E6=B0=B4=',
  '=E3=80=82',
  '--b1',
  'Content-Type: text/html; charset=utf-8',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from('<p>请提前储水。</p>').toString('base64'),
  '--b1--',
].join('\r\n')

test('encoded headers and both parts are read', () => {
  expect(parseMail(Buffer.from(MAIL))).toEqual({
    from: '一户 <notice@portal.test>',
    to: 'anna@example.com',
    subject: '停水通知：幸福',
    messageId: '<1@portal.test>',
    text: '请提前储水。',
    html: '<p>请提前储水。</p>',
    attachments: [],
  })
  expect(parseMail(Buffer.from('Subject: a\r\n\r\nb')).text).toBe('b')
  expect(parseMail(Buffer.alloc(0))).toMatchObject({ subject: '', text: '' })
})

test('a file beside the words is read with its name, and the words are still found', () => {
  const raw = [
    'Subject: a',
    'Content-Type: multipart/mixed; boundary="outer"',
    '',
    '--outer',
    ...MAIL.split('\r\n').slice(5),
    '--outer',
    'Content-Type: application/pdf',
    "Content-Disposition: attachment; filename*0*=utf-8''%E5%8F%91%E7%A5%A8.pdf",
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from('%PDF-1.4').toString('base64'),
    '--outer--',
  ].join('\r\n')
  expect(parseMail(Buffer.from(raw))).toMatchObject({
    text: '请提前储水。',
    html: '<p>请提前储水。</p>',
    attachments: [
      {
        fileName: '发票.pdf',
        contentType: 'application/pdf',
        bytes: 8,
        base64: Buffer.from('%PDF-1.4').toString('base64'),
      },
    ],
  })
})

describe('the mail server', () => {
  let kernel: Kernel
  let server: { port: number; close(): Promise<void> }
  beforeEach(async () => {
    kernel = testKernel({ mail: { port: 0 } })
    declareMailFaults(kernel)
    const started = await startMail(kernel)
    if (!started) throw new Error('no mail server')
    server = started
  })
  afterEach(async () => {
    await server.close()
    await kernel.stop()
  })

  /** Says each line once the one before was answered; the codes that came back, and 0 when the line was cut. */
  const talk = (lines: readonly string[]): Promise<number[]> =>
    new Promise((resolve) => {
      const codes: number[] = []
      const rest = [...lines]
      const socket = connect(server.port, '127.0.0.1')
      const end = (): void => {
        socket.destroy()
        resolve(codes)
      }
      socket.on('data', (chunk: Buffer) => {
        for (const line of chunk.toString().split('\r\n'))
          if (/^\d{3} /.test(line)) codes.push(Number(line.slice(0, 3)))
        const next = rest.shift()
        if (next === undefined || (codes.at(-1) ?? 0) >= 400) end()
        else socket.write(`${next}\r\n`)
      })
      socket.on('close', () => {
        codes.push(0)
        end()
      })
      socket.on('error', () => undefined)
    })
  const send = (): Promise<number[]> =>
    talk(['HELO test', 'MAIL FROM:<a@b.cn>', 'RCPT TO:<anna@example.com>', 'DATA', `${MAIL}\r\n.`])
  const kept = (): KeptMail[] => kernel.store.table<KeptMail>('mail.inbox').all()

  test('keeps what it takes', async () => {
    expect((await send()).at(-1)).toBe(250)
    expect(kept()).toMatchObject([
      { to: 'anna@example.com', subject: '停水通知：幸福', at: kernel.clock.now() },
    ])
  })

  test.each([
    ['mail.no-mailbox', 550, 0],
    ['mail.greylist', 451, 0],
    ['mail.spam', 554, 0],
    ['mail.taken-then-cut', 0, 1],
  ])('%s answers %s and keeps %s', async (fault, code, count) => {
    kernel.faults.set({ name: fault, times: 1 })
    expect((await send()).at(-1)).toBe(code)
    expect(kept()).toHaveLength(count)
  })
})
