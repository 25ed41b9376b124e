import { inTransaction } from '../../core/db/database'
import { sha256 } from '../../core/ids'
import { buildResident } from '../../testing/factories'
import { memoryStorage } from '../../testing/fake-platforms'
import { startApp, type TestApp, type TestEngine } from '../../testing/harness'
import type { Platforms } from '../../platforms'
import { keepConsent } from '../identity'
import { insertSession } from '../identity/session-store'
import type { FileKind, FileView } from './schema'

/** What the portal answers about a file. */
export interface Answer {
  readonly status: number
  readonly body: {
    readonly fileId: string
    readonly state: string
    readonly offset: number
    readonly reason: string | null
    readonly partBytes: number
    readonly file: FileView | null
    readonly error?: { readonly code: string; readonly message: string }
  }
}

/** A resident who is signed in, with a phone that uploads. */
export interface Uploader {
  readonly id: string
  readonly token: string
  api(name: string, input: Readonly<Record<string, unknown>>): Promise<Answer>
  begin(kind: FileKind, bytes: number): Promise<Answer>
  part(fileId: string, offset: number, bytes: Buffer): Promise<Answer>
  /** From begin to finish, in as many parts as it takes; the last answer. */
  send(kind: FileKind, bytes: Buffer): Promise<Answer>
  get(url: string, headers?: Readonly<Record<string, string>>): Promise<Response>
}

export interface UploadWorld {
  readonly app: TestApp
  readonly storage: ReturnType<typeof memoryStorage>
  person(channel?: string): Promise<Uploader>
}

const PLENTY = { limit: 1_000_000, windowMs: 60_000 }

/** A portal whose limits of requests are out of the way, so that a test meets the limits of files alone. */
export async function startUploads(
  engine: TestEngine,
  given: { files?: object; platforms?: Partial<Platforms> } = {},
): Promise<UploadWorld> {
  const storage = memoryStorage()
  const app = await startApp({
    engine,
    platforms: { storage, ...given.platforms },
    config: {
      limits: { read: PLENTY, write: PLENTY, perIp: PLENTY },
      files: { perResidentPerDay: 10_000, ...given.files },
    },
  })
  return { app, storage, person: (channel = 'h5') => signIn(app, channel) }
}

let serial = 0

/** Signs a new resident in on this channel. */
export async function signIn(app: TestApp, channel: string): Promise<Uploader> {
  const { id } = await buildResident(app)
  const { ids, clock } = app.ctx()
  const token = ids.token(16)
  const now = clock.now()
  await inTransaction(app.ctx(), (tx) =>
    insertSession(tx, {
      id: ids.next(),
      tokenHash: sha256(token),
      residentId: id,
      identityId: null,
      channel: channel as 'wechat-mini',
      createdAt: now,
      lastSeenAt: now,
      expiresAt: now + 90 * 24 * 3_600_000,
      endedAt: null,
    }),
  )
  await allowVoice(app, id, true)
  return uploader(app, id, token)
}

/** What the page asks for before the microphone is used. */
export async function allowVoice(app: TestApp, residentId: string, granted: boolean): Promise<void> {
  const ctx = app.ctx()
  const purpose = ctx.config.privacy.purposes.find(({ id }) => id === 'voice')
  if (purpose === undefined) throw new Error('The purpose stands in config/default.yaml.')
  const by = { id: residentId, channel: 'wechat-mini' }
  await inTransaction(ctx, (tx) => keepConsent(tx, ctx, by, { purpose, granted, clientVersion: 'test' }))
}

function uploader(app: TestApp, id: string, token: string): Uploader {
  const authorization = `Bearer ${token}`
  const answer = async (response: Response): Promise<Answer> => ({
    status: response.status,
    body: (await response.json()) as Answer['body'],
  })
  const api: Uploader['api'] = async (name, input) => {
    if (name === 'files.state') {
      const query = new URLSearchParams(input as Record<string, string>)
      return answer(await fetch(`${app.url}/api/${name}?${query.toString()}`, { headers: { authorization } }))
    }
    const body = JSON.stringify({ clientId: `upload-${String(++serial).padStart(12, '0')}`, ...input })
    const headers = { authorization, 'content-type': 'application/json' }
    return answer(await fetch(`${app.url}/api/${name}`, { method: 'POST', headers, body }))
  }
  const me: Uploader = {
    id,
    token,
    api,
    begin: (kind, bytes) => api('files.begin', { kind, bytes }),
    part: async (fileId, offset, bytes) =>
      answer(
        await fetch(`${app.url}/upload/${fileId}?offset=${offset}`, {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/octet-stream' },
          body: new Uint8Array(bytes),
        }),
      ),
    send: async (kind, bytes) => {
      const { body: begun, ...rest } = await me.begin(kind, bytes.length)
      if (rest.status !== 200) return { ...rest, body: begun }
      for (let at = 0; at < bytes.length; at += begun.partBytes) {
        const sent = await me.part(begun.fileId, at, bytes.subarray(at, at + begun.partBytes))
        if (sent.status !== 200) return sent
      }
      return finished(api, begun.fileId)
    },
    get: (url, headers = {}) => fetch(`${app.url}${url}`, { headers: { authorization, ...headers } }),
  }
  return me
}

/** A machine that is busy may take longer than one answer waits. */
async function finished(api: Uploader['api'], fileId: string): Promise<Answer> {
  for (;;) {
    const answer = await api('files.finish', { fileId })
    if (answer.body.state !== 'processing') return answer
  }
}
