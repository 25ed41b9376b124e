import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { inTransaction } from '../../core/db/database'
import { createDiskStorage } from '../../platforms/storage/disk-storage'
import { eachEngine } from '../../testing/harness'
import { claimFiles } from './claim-files'
import { deliverFile, readRange } from './deliver-file'
import { filesByIds } from './files-by-ids'
import { presentFile } from './present'
import * as corpus from './test-corpus'
import { shortVideo } from './test-recordings'
import { startUploads, type Uploader, type UploadWorld } from './test-uploads'

const MINUTE_MS = 60_000

eachEngine((engine) => {
  let world: UploadWorld
  let alice: Uploader
  let bob: Uploader
  beforeAll(async () => {
    world = await startUploads(engine)
    alice = await world.person()
    bob = await world.person()
  })
  afterAll(() => world.app.close())

  const addressOf = async (person: Uploader, fileId: string): Promise<{ url: string; thumbUrl: string }> => {
    const { body } = await person.api('files.state', { fileId })
    if (!body.file) throw new Error('not ready')
    return { url: body.file.url, thumbUrl: body.file.thumbUrl ?? '' }
  }
  const photoOf = async (person: Uploader): Promise<string> =>
    (await person.send('image', await corpus.photo())).body.fileId

  test('a picture of ours is shown in the page, with every header that keeps it harmless', async () => {
    const { url, thumbUrl } = await addressOf(alice, await photoOf(alice))
    for (const address of [url, thumbUrl]) {
      const answer = await alice.get(address)
      expect(answer.status).toBe(200)
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'image/jpeg',
        'x-content-type-options': 'nosniff',
        'content-disposition': expect.stringMatching(/^inline; filename="[0-9A-Z]{26}\.jpg"$/) as string,
        'content-security-policy': "sandbox; default-src 'none'",
        'cross-origin-resource-policy': 'same-site',
        'cache-control': 'private, no-store',
      })
      expect(answer.headers.get('set-cookie')).toBeNull()
      const bytes = Buffer.from(await answer.arrayBuffer())
      expect(bytes.length).toBe(Number(answer.headers.get('content-length')))
      expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]))
    }
  })

  test('a recording is never shown by a browser on its own, and can be read from any place', async () => {
    const sent = await alice.send('video', await shortVideo({ seconds: 2 }))
    expect(sent.body).toMatchObject({ state: 'ready' })
    const { url } = await addressOf(alice, sent.body.fileId)
    const whole = await alice.get(url)
    expect(whole.headers.get('content-type')).toBe('video/mp4')
    expect(whole.headers.get('content-disposition')).toMatch(/^attachment; filename="\w{26}\.mp4"$/)
    expect(whole.headers.get('accept-ranges')).toBe('bytes')
    const bytes = Buffer.from(await whole.arrayBuffer())
    for (const [range, start, end] of [
      ['bytes=0-0', 0, 0],
      ['bytes=17-40', 17, 40],
      ['bytes=500-', 500, bytes.length - 1],
      ['bytes=-33', bytes.length - 33, bytes.length - 1],
      [`bytes=5-${bytes.length * 2}`, 5, bytes.length - 1],
    ] as const) {
      const part = await alice.get(url, { range })
      expect(part.status).toBe(206)
      expect(part.headers.get('content-range')).toBe(`bytes ${start}-${end}/${bytes.length}`)
      expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(start, end + 1))
    }
    const outside = await alice.get(url, { range: `bytes=${bytes.length}-` })
    expect(outside.status).toBe(416)
    expect(outside.headers.get('content-range')).toBe(`bytes */${bytes.length}`)
  })

  test('ranges that nobody can read give the whole file', () => {
    for (const header of ['', 'bytes=', 'bytes=-', 'bytes=1-2,5-6', 'lines=1-2', 'bytes=9-3', 'bytes=a-b'])
      expect(readRange(header, 100)).toBeNull()
    expect(readRange('bytes=-0', 100)).toBe('outside')
  })

  test('somebody else with my address finds nothing, nor does a stranger', async () => {
    const { url } = await addressOf(alice, await photoOf(alice))
    expect((await bob.get(url)).status).toBe(404)
    expect((await fetch(`${world.app.url}${url}`)).status).toBe(401)
  })

  test('an address that was altered in any part leads nowhere', async () => {
    const { url } = await addressOf(alice, await photoOf(alice))
    const other = await photoOf(alice)
    const last = url.at(-1) === '0' ? '1' : '0'
    const altered = [
      url.replace('variant=main', 'variant=thumb'),
      url.replace('variant=main', 'variant=original'),
      url.replace(/until=(\d)/, 'until=9'),
      `${url.slice(0, -1)}${last}`,
      url.replace(/&sign=.*/, ''),
      url.replace(/mine\/\w{26}/, `mine/${other}`),
      url.replace(/mine\/\w{26}/, 'mine/..%2f..%2fconfig'),
    ]
    for (const address of altered) expect((await alice.get(address)).status).toBe(404)
  })

  test('an address is good for five minutes', async () => {
    const { url } = await addressOf(alice, await photoOf(alice))
    world.app.clock.advance(5 * MINUTE_MS)
    expect((await alice.get(url)).status).toBe(200)
    world.app.clock.advance(MINUTE_MS)
    const late = await alice.get(url)
    expect(late.status).toBe(403)
    expect(await late.json()).toMatchObject({ error: { code: 'file_link_expired' } })
  })

  test('a feature’s own address is bound to its viewer and to what the file is attached to', async () => {
    const fileId = await photoOf(alice)
    const ctx = world.app.asResident(alice.id)
    const owner = { kind: 'resident', id: alice.id } as const
    await inTransaction(ctx, (tx) => claimFiles(tx, ctx, { fileIds: [fileId], owner, claim: 'request:one' }))
    const row = (await filesByIds(ctx.db.reader, [fileId])).get(fileId)
    if (!row) throw new Error('no such file')
    const path = '/attachments/requests/one'
    const query = (viewer?: string): Record<string, string> => {
      const view = presentFile(ctx, row, viewer === undefined ? { path } : { path, viewer })
      expect(view.url.startsWith(`${path}/${fileId}?`)).toBe(true)
      return Object.fromEntries(new URLSearchParams(view.url.split('?')[1]))
    }
    const asked = (given: object) => deliverFile(standIn(), ctx, { fileId, query: query(), ...given })
    await expect(asked({ claim: 'request:one' })).resolves.toBeUndefined()
    await expect(asked({ claim: 'request:two' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(asked({ viewer: 'link:abc' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(asked({ viewer: 'link:abc', query: query('link:abc') })).resolves.toBeUndefined()
  })

  test('what the store gives back altered is not given on', async () => {
    const fileId = await photoOf(alice)
    const row = (await filesByIds(world.app.ctx().db.reader, [fileId])).get(fileId)
    const object = world.storage.objects.get(row?.storageKey ?? '')
    if (!object) throw new Error('not stored')
    object[object.length - 20] = (object[object.length - 20] ?? 0) ^ 1
    const { url } = await addressOf(alice, fileId)
    await expect(alice.get(url).then((answer) => answer.arrayBuffer())).rejects.toThrow(/terminated|failed/)
    world.storage.objects.delete(row?.storageKey ?? '')
    expect((await alice.get(url)).status).toBe(404)
  })

  test('no path of the portal leads to where files wait or lie', async () => {
    const fileId = await photoOf(alice)
    const row = (await filesByIds(world.app.ctx().db.reader, [fileId])).get(fileId)
    const waiting = (await alice.begin('image', 1000)).body.fileId
    await alice.part(waiting, 0, Buffer.alloc(10))
    const paths = [
      `/${row?.storageKey}`,
      `/.data/files/${row?.storageKey}`,
      `/files/${row?.storageKey}`,
      `/files/mine/${encodeURIComponent(row?.storageKey ?? '')}`,
      `/uploads/${waiting}.part`,
      `/.data/uploads/${waiting}.part`,
      `/upload/${waiting}.part`,
    ]
    for (const path of paths) {
      const answer = await alice.get(path)
      // Addresses that mean nothing show the residents' page or an error in words; neither holds a file.
      expect(answer.headers.get('content-type')).toMatch(/^(text\/html|application\/json)/)
    }
  })
})

test('a hundred downloads that are broken off leave no file open', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yihu-downloads-'))
  const world = await startUploads('sqlite', { platforms: { storage: createDiskStorage(folder) } })
  const alice = await world.person()
  const noise = {
    create: {
      width: 2000,
      height: 2000,
      channels: 3 as const,
      noise: { type: 'gaussian' as const, mean: 128, sigma: 60 },
      background: '#000',
    },
  }
  const { fileId } = (await alice.send('image', await sharp(noise).jpeg({ quality: 95 }).toBuffer())).body
  const { body } = await alice.api('files.state', { fileId })
  const url = `${world.app.url}${body.file?.url ?? ''}`
  const lying = (): number =>
    readdirSync('/proc/self/fd').filter((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder)
      } catch {
        return false
      }
    }).length
  for (let round = 0; round < 10; round++) {
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        const stop = new AbortController()
        const headers = { authorization: `Bearer ${alice.token}` }
        const answer = await fetch(url, { headers, signal: stop.signal })
        expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(500_000)
        stop.abort()
      }),
    )
  }
  const end = performance.now() + 10_000
  while (lying() > 0 && performance.now() < end) await new Promise((resolve) => setImmediate(resolve))
  expect(lying()).toBe(0)
  await world.app.close()
  rmSync(folder, { recursive: true, force: true })
})

/** As much of a Koa context as delivery needs. */
function standIn() {
  return { status: 0, type: '', length: 0, body: null as unknown, get: () => '', set: () => undefined }
}
