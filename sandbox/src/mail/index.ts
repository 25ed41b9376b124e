import type { AddressInfo, Socket } from 'node:net'
import { Router } from '@koa/router'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import type { Kernel } from '../kernel/kernel'
import { PortTaken } from '../start'
import { parseMail, type ReadMail } from './parse-mail'

/** A mail that was taken; `at` is epoch milliseconds of the sandbox's clock. */
export interface KeptMail extends ReadMail {
  id: string
  at: number
}

const KEPT = 2000
const SIZE_MAX_BYTES = 1_048_576

function mails(kernel: Kernel) {
  return kernel.store.table<KeptMail>('mail.inbox')
}

export function declareMailFaults(kernel: Kernel): void {
  kernel.faults.declare('mail.no-mailbox', '邮件：没有这个收件人（550）')
  kernel.faults.declare('mail.greylist', '邮件：让发件人过会儿再来（451）')
  kernel.faults.declare('mail.spam', '邮件：当垃圾邮件拒收（554）')
  kernel.faults.declare('mail.silent', '邮件：收下正文以后不回话')
  kernel.faults.declare('mail.taken-then-cut', '邮件：收下了但连接断开')
}

/** GET /control/mail: everything that was taken, newest first. */
export function mailControl(kernel: Kernel): Router {
  const router = new Router()
  router.get('/mail', (ctx) => {
    ctx.body = { messages: mails(kernel).all().toReversed() }
  })
  return router
}

const said = (responseCode: number, words: string): Error => Object.assign(new Error(words), { responseCode })

/** The mail server, for whoever sends from this machine; null where the configuration names none. */
export async function startMail(kernel: Kernel): Promise<{ port: number; close(): Promise<void> } | null> {
  const { mail, host } = kernel.config
  if (!mail) return null
  // The library ends no connection without a word, so the fault that does needs the sockets, by the other side's port.
  const sockets = new Map<number, Socket>()
  const server = new SMTPServer(serverOptions(kernel, mail, sockets))
  server.server.on('connection', (socket: Socket) => {
    const { remotePort = 0 } = socket
    sockets.set(remotePort, socket)
    socket.once('close', () => sockets.delete(remotePort))
  })
  // Somebody who hangs up in the middle is no fault of the server.
  server.on('error', (error) => kernel.log('mail.connection', { error: error.message }))
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = new PortTaken(
        `邮件的端口 ${mail.port} 已被占用：请改沙箱配置里的 mail.port，或停掉占用它的程序。`,
      )
      reject(error.code === 'EADDRINUSE' ? taken : error)
    })
    server.listen(mail.port, host, () => resolve())
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function serverOptions(
  kernel: Kernel,
  mail: NonNullable<Kernel['config']['mail']>,
  sockets: ReadonlyMap<number, Socket>,
): SMTPServerOptions {
  return {
    logger: false,
    size: SIZE_MAX_BYTES,
    // Nothing leaves this machine, and nobody would trust a certificate made here.
    disabledCommands: ['STARTTLS'],
    authOptional: mail.user === undefined,
    allowInsecureAuth: true,
    closeTimeout: 500,
    onAuth: ({ username, password }, _session, done) => {
      const isRight = username === mail.user && password === mail.password
      if (isRight) done(null, { user: username })
      else done(said(535, 'authentication failed'))
    },
    onRcptTo: (_address, _session, done) => {
      if (kernel.faults.take('mail.no-mailbox')) done(said(550, 'no such user here'))
      else if (kernel.faults.take('mail.greylist')) done(said(451, 'greylisted, try again later'))
      else done()
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        if (kernel.faults.take('mail.spam')) {
          done(said(554, 'looks like spam'))
          return
        }
        const row = keep(kernel, Buffer.concat(chunks))
        if (kernel.faults.take('mail.silent')) return
        if (kernel.faults.take('mail.taken-then-cut')) sockets.get(session.remotePort)?.destroy()
        else done(null, `ok ${row.id}`)
      })
    },
  }
}

function keep(kernel: Kernel, raw: Buffer): KeptMail {
  const table = mails(kernel)
  const row = { ...parseMail(raw), id: kernel.random.digits(12), at: kernel.clock.now() }
  table.put(row.id, row)
  const rows = table.all()
  if (rows.length > KEPT) for (const old of rows.slice(0, rows.length - KEPT)) table.delete(old.id)
  kernel.log('mail.taken', { id: row.id, bytes: raw.length })
  return row
}
