import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { memoryStorage } from '../../testing/fake-platforms'
import { AppError } from '../../core/errors'
import { claimFiles } from './claim-files'
import { decoderOf } from './decoder/pool'
import { beginProcessing, findFile } from './store'
import { newCipher } from './stored-bytes'
import { sweepFiles } from './sweep-files'
import * as corpus from './test-corpus'
import { startUploads, type Uploader, type UploadWorld } from './test-uploads'

const HOUR_MS = 3_600_000
const never = new AbortController().signal

eachEngine((engine) => {
  let world: UploadWorld
  let alice: Uploader
  let storage: ReturnType<typeof memoryStorage> & { isAway: boolean }
  beforeAll(async () => {
    const memory = memoryStorage()
    storage = Object.assign(memory, { isAway: false })
    const away = async (): Promise<void> => {
      if (storage.isAway) throw new AppError('storage_unavailable')
    }
    world = await startUploads(engine, {
      platforms: {
        storage: {
          put: async (...args) => away().then(() => memory.put(...args)),
          get: (...args) => memory.get(...args),
          delete: async (...args) => away().then(() => memory.delete(...args)),
        },
      },
    })
  })
  beforeEach(async () => {
    storage.objects.clear()
    storage.isAway = false
    alice = await world.person()
  })
  afterAll(() => world.app.close())

  const sweep = (): Promise<void> => sweepFiles(world.app.ctx(), never)
  const rowOf = (fileId: string) => findFile(world.app.ctx().db.reader, fileId)
  const waiting = (): string[] => readdirSync(world.app.config.files.uploadDir)
  const claim = (fileId: string) => {
    const ctx = world.app.asResident(alice.id)
    const owner = { kind: 'resident', id: alice.id } as const
    return inTransaction(ctx, (tx) => claimFiles(tx, ctx, { fileIds: [fileId], owner, claim: 'request:one' }))
  }

  test('what is attached to nothing after a day is gone with its bytes; what is attached stays', async () => {
    const loose = (await alice.send('image', await corpus.photo())).body.fileId
    const held = (await alice.send('image', await corpus.photo())).body.fileId
    await claim(held)
    world.app.clock.advance(23 * HOUR_MS)
    await sweep()
    expect(await rowOf(loose)).toMatchObject({ state: 'ready' })
    world.app.clock.advance(2 * HOUR_MS)
    await world.app.runJobs()
    expect(await rowOf(loose)).toBeNull()
    expect(await rowOf(held)).toMatchObject({ state: 'ready', claim: 'request:one' })
    expect(storage.objects.size).toBe(2)
    await expect(claim(loose)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('bytes that could not be deleted are tried again until they are gone', async () => {
    const loose = (await alice.send('image', await corpus.photo())).body.fileId
    world.app.clock.advance(25 * HOUR_MS)
    storage.isAway = true
    await sweep()
    expect(await rowOf(loose)).toMatchObject({ state: 'discarded' })
    expect(storage.objects.size).toBe(2)
    storage.isAway = false
    await sweep()
    expect(await rowOf(loose)).toBeNull()
    expect(storage.objects.size).toBe(0)
  })

  test('a storage that is away fails nobody for good: the same upload is finished later', async () => {
    storage.isAway = true
    const sent = await alice.send('image', await corpus.photo())
    expect(sent).toMatchObject({ status: 503, body: { error: { code: 'storage_unavailable' } } })
    storage.isAway = false
    const [begun] = await world.app
      .ctx()
      .db.reader.query<{ id: string }>('SELECT id FROM stored_file WHERE ownerId = ?', [alice.id])
    expect((await alice.api('files.finish', { fileId: begun?.id ?? '' })).body.state).toBe('ready')
  })

  test('a decoder that is killed under a file is replaced, and the file is ready all the same', async () => {
    const bytes = await corpus.photo({ width: 5000, height: 4500, format: 'png' })
    await alice.send('image', await corpus.photo())
    const { fileId, partBytes } = (await alice.begin('image', bytes.length)).body
    for (let at = 0; at < bytes.length; at += partBytes)
      await alice.part(fileId, at, bytes.subarray(at, at + partBytes))
    const pool = decoderOf(world.app.config.files)
    const finishing = alice.api('files.finish', { fileId })
    while ((await rowOf(fileId))?.state !== 'processing')
      await new Promise((resolve) => setImmediate(resolve))
    for (const pid of pool.pids()) process.kill(pid, 'SIGKILL')
    let answer = await finishing
    while (answer.body.state === 'processing') answer = await alice.api('files.finish', { fileId })
    expect(answer.body.state).toBe('ready')
  })

  test('what a process that died left half decoded is taken up again', async () => {
    const bytes = await corpus.photo()
    const { fileId } = (await alice.begin('image', bytes.length)).body
    await alice.part(fileId, 0, bytes)
    const ctx = world.app.ctx()
    const now = ctx.clock.now()
    const name = ctx.ids.token(16)
    const facts = {
      storageKey: `image/${name.slice(0, 2)}/${name}.jpg`,
      thumbKey: `thumb/${name.slice(0, 2)}/${name}.jpg`,
      cipherSealed: newCipher(ctx),
    }
    await inTransaction(ctx, (tx) =>
      beginProcessing(tx, fileId, 'receiving', { ...facts, now, staleBefore: 0 }),
    )
    writeFileSync(join(world.app.config.files.uploadDir, `${fileId}.main`), 'half')
    await sweep()
    expect(await rowOf(fileId)).toMatchObject({ state: 'processing' })
    world.app.clock.advance(11 * 60_000)
    await sweep()
    expect(await rowOf(fileId)).toMatchObject({ state: 'ready', storageKey: facts.storageKey })
    expect(waiting()).toEqual([])
  })

  test('bytes of files that nobody knows are cleared away, those of an upload under way are not', async () => {
    const { fileId } = (await alice.begin('image', 1000)).body
    await alice.part(fileId, 0, Buffer.alloc(100))
    const unknown = world.app.ctx().ids.next()
    writeFileSync(join(world.app.config.files.uploadDir, `${unknown}.part`), 'x')
    await sweep()
    expect(waiting()).toEqual([`${fileId}.part`])
  })

  test('an upload that goes on slowly is never taken for dead', async () => {
    const { fileId } = (await alice.begin('image', 1000)).body
    for (let part = 0; part < 5; part++) {
      await alice.part(fileId, part * 100, Buffer.alloc(100))
      world.app.clock.advance(HOUR_MS)
      await sweep()
    }
    expect((await alice.api('files.state', { fileId })).body).toMatchObject({
      state: 'receiving',
      offset: 500,
    })
  })
})
