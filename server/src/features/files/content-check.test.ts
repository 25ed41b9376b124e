import { createCipheriv, createHash } from 'node:crypto'
import { systemClock } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { createWechatPush } from '../../platforms/wechat/push'
import type { ContentCheck } from '../../platforms'
import { TEST_APPS } from '../../testing/config'
import { eachEngine } from '../../testing/harness'
import { checkText } from './check-text'
import { deliverFile } from './deliver-file'
import { judgeFile } from './judge-file'
import { presentFile } from './present'
import { receivePush } from './receive-push'
import { findFile } from './store'
import { sweepFiles } from './sweep-files'
import * as corpus from './test-corpus'
import { mp3, shortVideo } from './test-recordings'
import { startUploads, type Uploader, type UploadWorld } from './test-uploads'

const PUSH = { token: 'pushtoken', encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' }
const MINUTE_MS = 60_000

/** A platform that takes questions and remembers them; what it answers is the test's to say. */
class Platform implements ContentCheck {
  asked: Parameters<ContentCheck['askMedia']>[0][] = []
  texts: string[] = []
  /** Of the newest question. */
  traceId = ''
  private serial = 0
  isDown = false
  verdict: 'pass' | 'review' | 'risky' = 'pass'

  async checkText({ text }: { text: string }): ReturnType<ContentCheck['checkText']> {
    this.texts.push(text)
    return this.isDown
      ? { state: 'unavailable', platformCode: '-1' }
      : { state: 'checked', verdict: this.verdict }
  }

  async askMedia(input: Parameters<ContentCheck['askMedia']>[0]): ReturnType<ContentCheck['askMedia']> {
    if (this.isDown) return { state: 'unavailable', platformCode: '-1' }
    this.asked.push(input)
    this.traceId = `trace-${++this.serial}`
    return { state: 'asked', traceId: this.traceId }
  }
}

eachEngine((engine) => {
  let world: UploadWorld
  let platform: Platform
  let alice: Uploader
  let neighbour: Uploader
  beforeAll(async () => {
    platform = new Platform()
    const messagePush = createWechatPush([{ appId: TEST_APPS.wechatMini, push: PUSH }], systemClock)
    world = await startUploads(engine, { platforms: { contentCheck: platform, messagePush } })
    neighbour = await world.person('wechat-mini')
  })
  beforeEach(async () => {
    platform.asked = []
    platform.isDown = false
    platform.verdict = 'pass'
    alice = await world.person('wechat-mini')
  })
  afterAll(() => world.app.close())

  const rowOf = async (fileId: string) => {
    const row = await findFile(world.app.ctx().db.reader, fileId)
    if (!row) throw new Error('no such file')
    return row
  }
  const photoOf = async (person: Uploader): Promise<string> => {
    const { fileId } = (await person.send('image', await corpus.photo())).body
    await world.app.runJobs()
    return fileId
  }
  /** The photo attached, and the answer that this person gets for the address that their own page shows. */
  const seenBy = async (fileId: string, who: Uploader | 'staff' | 'link'): Promise<string> => {
    const ctx =
      typeof who === 'string' ? world.app.asStaff(world.app.ctx().ids.next()) : world.app.asResident(who.id)
    const viewer = who === 'link' ? { viewer: 'link:token' } : {}
    const view = presentFile(ctx, await rowOf(fileId), { path: '/x', ...viewer })
    const query = Object.fromEntries(new URLSearchParams(view.url.split('?')[1]))
    const koa = { status: 0, type: '', length: 0, body: null as unknown, get: () => '', set: () => undefined }
    try {
      await deliverFile(koa, ctx, { fileId, query, ...viewer })
      return 'seen'
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : 'failed'
    }
  }
  const pushed = (fields: object): { query: string; body: string } => {
    const message = JSON.stringify({
      ToUserName: 'gh_1',
      FromUserName: `wechat-mini-${alice.id}`,
      CreateTime: 1_795_312_800,
      MsgType: 'event',
      Event: 'wxa_media_check',
      appid: TEST_APPS.wechatMini,
      version: 2,
      errcode: 0,
      ...fields,
    })
    return sealed(message)
  }
  const seenPushes = async (): Promise<number> =>
    (await world.app.ctx().db.reader.query('SELECT dedupe FROM push_seen')).length
  const deliver = async ({ query, body }: { query: string; body: string }): Promise<string> => {
    const answer = await fetch(`${world.app.url}/wx/push?${query}`, { method: 'POST', body })
    return `${answer.status} ${answer.status === 200 ? await answer.text() : ''}`.trim()
  }

  test('a photo from WeChat is hidden from others until WeChat has found nothing in it', async () => {
    const fileId = await photoOf(alice)
    expect(platform.asked).toMatchObject([{ openid: `wechat-mini-${alice.id}`, media: 'image' }])
    expect(await rowOf(fileId)).toMatchObject({ checkState: 'pending', checkTrace: platform.traceId })
    expect(await seenBy(fileId, neighbour)).toBe('not_found')
    expect(await seenBy(fileId, 'link')).toBe('not_found')
    expect(await seenBy(fileId, alice)).toBe('seen')
    expect(await seenBy(fileId, 'staff')).toBe('seen')
    expect(
      await deliver(pushed({ trace_id: platform.traceId, result: { suggest: 'pass', label: 100 } })),
    ).toBe('200 success')
    expect(await rowOf(fileId)).toMatchObject({ checkState: 'pass', checkLabel: 100, checkedBy: 'wechat' })
    expect(await seenBy(fileId, neighbour)).toBe('seen')
    expect(await seenBy(fileId, 'link')).toBe('seen')
  })

  test('what is found risky stays hidden, and is kept with what was found as evidence', async () => {
    const fileId = await photoOf(alice)
    const risky = pushed({ trace_id: platform.traceId, result: { suggest: 'risky', label: 20_002 } })
    expect(await deliver(risky)).toBe('200 success')
    expect(await rowOf(fileId)).toMatchObject({ checkState: 'risky', checkLabel: 20_002, state: 'ready' })
    expect(await seenBy(fileId, neighbour)).toBe('not_found')
    expect(await seenBy(fileId, 'staff')).toBe('seen')
    expect(world.storage.objects.has((await rowOf(fileId)).storageKey ?? '')).toBe(true)
  })

  test('a push that comes twice, or fifty times at once, has one effect; each hears success', async () => {
    const fileId = await photoOf(alice)
    const message = pushed({ trace_id: platform.traceId, result: { suggest: 'review', label: 21_000 } })
    const before = await seenPushes()
    const answers = await Promise.all(Array.from({ length: 50 }, () => deliver(message)))
    expect(new Set(answers)).toEqual(new Set(['200 success']))
    expect(await seenPushes()).toBe(before + 1)
    expect(await rowOf(fileId)).toMatchObject({ checkState: 'review' })
    // Another verdict for what was decided changes nothing.
    const later = pushed({
      trace_id: platform.traceId,
      CreateTime: 1_795_312_900,
      result: { suggest: 'pass', label: 100 },
    })
    expect(await deliver(later)).toBe('200 success')
    expect(await rowOf(fileId)).toMatchObject({ checkState: 'review' })
  })

  test('an event that nobody here waits for is taken and forgotten', async () => {
    const before = await seenPushes()
    expect(
      await receivePush(world.app.ctx(), {
        dedupe: 'subscribe-1',
        mediaVerdict: null,
      }),
    ).toBe('ignored')
    expect(await seenPushes()).toBe(before)
  })

  test('a verdict that is faster than our note of the question is refused, and counts when it is sent again', async () => {
    const fileId = await photoOf(alice)
    const early = pushed({ trace_id: 'overtaker', result: { suggest: 'pass', label: 100 } })
    expect(await deliver(early)).toBe('503')
    await inTransaction(world.app.ctx(), (tx) =>
      tx.execute("UPDATE stored_file SET checkTrace = 'overtaker' WHERE id = ?", [fileId]),
    )
    expect(await deliver(early)).toBe('200 success')
    expect(await rowOf(fileId)).toMatchObject({ checkState: 'pass' })
  })

  test('what is forged, altered or no message is refused and changes nothing', async () => {
    const fileId = await photoOf(alice)
    const right = pushed({ trace_id: platform.traceId, result: { suggest: 'pass', label: 100 } })
    expect(await deliver({ ...right, query: right.query.replace(/nonce=\w+/, 'nonce=1') })).toBe('401')
    expect(await deliver({ ...right, query: '' })).toBe('401')
    expect(await deliver({ ...right, body: '<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml></xml>' })).toBe(
      '400',
    )
    expect(
      await deliver(sealed('<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml><MsgType>event</MsgType></xml>')),
    ).toBe('400')
    expect(await deliver(pushed({ trace_id: 'unknown', result: { suggest: 'pass', label: 100 } }))).toBe(
      '503',
    )
    expect(await rowOf(fileId)).toMatchObject({ checkState: 'pending' })
    expect((await fetch(`${world.app.url}/wx/push?echostr=x`)).status).toBe(401)
  })

  test('WeChat fetches the photo by an address that no session needs, until it has answered', async () => {
    const fileId = await photoOf(alice)
    const url = platform.asked[0]?.url ?? ''
    expect(url.startsWith('http://portal.test/files/checked/')).toBe(true)
    const path = url.slice('http://portal.test'.length)
    const answer = await fetch(`${world.app.url}${path}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('image/jpeg')
    expect((await fetch(`${world.app.url}${path.replace(/sign=./, 'sign=x')}`)).status).toBe(404)
    await deliver(pushed({ trace_id: platform.traceId, result: { suggest: 'pass', label: 100 } }))
    expect((await fetch(`${world.app.url}${path}`)).status).toBe(404)
    expect(await rowOf(fileId)).toMatchObject({ checkState: 'pass' })
  })

  test('while the check is down it is asked again, and then a person looks', async () => {
    platform.isDown = true
    const fileId = await photoOf(alice)
    expect(await rowOf(fileId)).toMatchObject({ checkState: 'pending', checkTrace: null })
    expect(await seenBy(fileId, neighbour)).toBe('not_found')
    for (let attempt = 0; attempt < 5; attempt++) {
      world.app.clock.advance(11 * MINUTE_MS)
      await world.app.runJobs()
    }
    expect(await rowOf(fileId)).toMatchObject({ checkState: 'review', checkedBy: 'system' })
    expect(await seenBy(fileId, neighbour)).toBe('not_found')
    expect(await seenBy(fileId, 'staff')).toBe('seen')
  })

  test('a check without an answer after an hour goes to a person; a late answer still counts', async () => {
    const fileId = await photoOf(alice)
    world.app.clock.advance(61 * MINUTE_MS)
    await sweepFiles(world.app.ctx(), new AbortController().signal)
    expect(await rowOf(fileId)).toMatchObject({ checkState: 'review' })
    await deliver(pushed({ trace_id: platform.traceId, result: { suggest: 'pass', label: 100 } }))
    expect(await rowOf(fileId)).toMatchObject({ checkState: 'pass' })
  })

  test('a file that WeChat could not fetch goes to a person', async () => {
    const fileId = await photoOf(alice)
    await deliver(
      pushed({ trace_id: platform.traceId, errcode: -1008, result: { suggest: 'review', label: 0 } }),
    )
    expect(await rowOf(fileId)).toMatchObject({ checkState: 'review' })
  })

  test('recordings are asked about as audio, videos go to a person, and other channels are asked about nowhere', async () => {
    await alice.send('voice', mp3({ seconds: 2 }))
    await world.app.runJobs()
    expect(platform.asked).toMatchObject([{ media: 'audio' }])
    const video = (await alice.send('video', await shortVideo({ seconds: 1 }))).body.fileId
    expect(await rowOf(video)).toMatchObject({ checkState: 'review' })
    const other = await world.person('alipay-mini')
    const fileId = await photoOf(other)
    expect(await rowOf(fileId)).toMatchObject({ checkState: 'none' })
    expect(platform.asked).toHaveLength(1)
    expect(await seenBy(fileId, neighbour)).toBe('seen')
    // A person may hide it all the same.
    const ctx = world.app.asStaff(world.app.ctx().ids.next())
    const { url: address } = presentFile(ctx, await rowOf(fileId), { path: '/x' })
    await judgeFile(ctx, { fileId, address, verdict: 'risky' })
    expect(await seenBy(fileId, neighbour)).toBe('not_found')
  })

  test('a person’s word shows it to others or keeps it from them, by the address that they were shown', async () => {
    const fileId = await photoOf(alice)
    const ctx = world.app.asStaff(world.app.ctx().ids.next())
    const { url: address } = presentFile(ctx, await rowOf(fileId), { path: '/x' })
    const say = (verdict: 'pass' | 'risky', by = ctx) => judgeFile(by, { fileId, address, verdict })
    const stranger = world.app.asStaff(world.app.ctx().ids.next())
    await expect(say('pass', stranger)).rejects.toMatchObject({ code: 'not_found' })
    await expect(judgeFile(ctx, { fileId, address: '', verdict: 'pass' })).rejects.toMatchObject({
      code: 'not_found',
    })
    await say('pass')
    expect(await seenBy(fileId, neighbour)).toBe('seen')
    await say('risky')
    expect(await seenBy(fileId, neighbour)).toBe('not_found')
    expect((await rowOf(fileId)).checkedBy).toBe(`staff:${ctx.staff?.id}`)
    world.app.clock.advance(6 * MINUTE_MS)
    await expect(say('pass')).rejects.toMatchObject({ code: 'file_link_expired' })
  })

  test('words from WeChat are checked, words from elsewhere are not, and no answer means a person', async () => {
    const check = (channel: string, text = '暖气不热') =>
      checkText(world.app.ctx(), { residentId: alice.id, channel, text })
    for (const verdict of ['pass', 'review', 'risky'] as const) {
      platform.verdict = verdict
      expect(await check('wechat-mini')).toBe(verdict)
    }
    expect(await check('alipay-mini')).toBe('pass')
    expect(await check('wechat-mini', '  ')).toBe('pass')
    expect(platform.texts).toHaveLength(3)
    platform.isDown = true
    expect(await check('wechat-mini')).toBe('review')
    const unknown = { residentId: world.app.ctx().ids.next(), channel: 'wechat-oa', text: '冷' }
    expect(await checkText(world.app.ctx(), unknown)).toBe('review')
  })
})

eachEngine((engine) => {
  test('where no message push is set up nobody is asked, and a person looks', async () => {
    const platform = new Platform()
    const world = await startUploads(engine, { platforms: { contentCheck: platform, messagePush: null } })
    const alice = await world.person('wechat-mini')
    const { fileId } = (await alice.send('image', await corpus.photo())).body
    await world.app.runJobs()
    expect(platform.asked).toEqual([])
    expect(await findFile(world.app.ctx().db.reader, fileId)).toMatchObject({ checkState: 'review' })
    expect((await alice.api('files.state', { fileId })).body.file?.hidden).toBe(true)
    await world.app.close()
  })
})

/** Seals and signs as the platform does (wechat.md 2.1 and 2.2). */
function sealed(message: string): { query: string; body: string } {
  const key = Buffer.from(`${PUSH.encodingAesKey}=`, 'base64')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(Buffer.byteLength(message))
  const plain = Buffer.concat([
    Buffer.from('0123456789abcdef'),
    length,
    Buffer.from(message),
    Buffer.from(TEST_APPS.wechatMini),
  ])
  const pad = 32 - (plain.length % 32)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([plain, Buffer.alloc(pad, pad)])
  const encrypted = Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64')
  const parts = [PUSH.token, '1795312800', 'abc', encrypted].sort()
  const signature = createHash('sha1').update(parts.join('')).digest('hex')
  return {
    query: `timestamp=1795312800&nonce=abc&msg_signature=${signature}`,
    body: JSON.stringify({ ToUserName: 'gh_1', Encrypt: encrypted }),
  }
}
