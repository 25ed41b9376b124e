import { connect } from 'node:net'
import { readdirSync, readlinkSync } from 'node:fs'
import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { eachEngine } from '../../testing/harness'
import { photo } from './test-corpus'
import { startUploads, type Uploader, type UploadWorld } from './test-uploads'

const MEGABYTE = 1_048_576

eachEngine((engine) => {
  let world: UploadWorld
  let alice: Uploader
  beforeAll(async () => {
    world = await startUploads(engine)
    alice = await world.person()
  })
  afterAll(() => world.app.close())

  const waiting = (): string[] => {
    try {
      return readdirSync(world.app.config.files.uploadDir)
    } catch {
      return []
    }
  }
  const rows = <Row>(sql: string, params: (string | number)[] = []): Promise<Row[]> =>
    world.app.ctx().db.reader.query<Row>(sql, params)

  test('a photo in one part is ready when it is finished, and nothing of it waits any more', async () => {
    const sent = await alice.send('image', await photo())
    expect(sent).toMatchObject({ status: 200, body: { state: 'ready', reason: null } })
    expect(waiting().filter((name) => name.startsWith(sent.body.fileId))).toEqual([])
    const state = await alice.api('files.state', { fileId: sent.body.fileId })
    expect(state.body.file).toMatchObject({ kind: 'image', width: 640, height: 480, hidden: false })
  })

  test('what was dropped on the way goes on where it stopped, whatever the phone believes', async () => {
    const bytes = await photo({ width: 1200, height: 900, format: 'png' })
    const cut = Math.floor(bytes.length / 3)
    const begun = await alice.begin('image', bytes.length)
    const { fileId } = begun.body
    expect((await alice.part(fileId, 0, bytes.subarray(0, cut))).body.offset).toBe(cut)
    const again = await alice.part(fileId, 0, bytes.subarray(0, cut))
    expect(again).toMatchObject({ status: 200, body: { offset: cut } })
    const gap = await alice.part(fileId, cut + 1, bytes.subarray(cut + 1))
    expect(gap).toMatchObject({ status: 409, body: { offset: cut, error: { code: 'upload_gap' } } })
    expect((await alice.api('files.state', { fileId })).body).toMatchObject({
      state: 'receiving',
      offset: cut,
    })
    const early = await alice.api('files.finish', { fileId })
    expect(early).toMatchObject({ status: 409, body: { error: { code: 'upload_incomplete' } } })
    // Half of this part is here already: only the rest is written.
    expect((await alice.part(fileId, cut - 100, bytes.subarray(cut - 100))).body.offset).toBe(bytes.length)
    expect((await alice.api('files.finish', { fileId })).body.state).toBe('ready')
    expect((await alice.part(fileId, 0, bytes.subarray(0, 10))).body).toMatchObject({ state: 'ready' })
  })

  test('twenty copies of one part at once are one part', async () => {
    const bytes = await photo()
    const { fileId } = (await alice.begin('image', bytes.length)).body
    const answers = await Promise.all(Array.from({ length: 20 }, () => alice.part(fileId, 0, bytes)))
    expect(new Set(answers.map((one) => `${one.status} ${one.body.offset}`))).toEqual(
      new Set([`200 ${bytes.length}`]),
    )
    const finishes = await Promise.all(Array.from({ length: 5 }, () => alice.api('files.finish', { fileId })))
    expect(new Set(finishes.map((one) => one.body.state))).toEqual(new Set(['ready']))
    const [row] = await rows<{ attempts: number }>('SELECT attempts FROM stored_file WHERE id = ?', [fileId])
    expect(Number(row?.attempts)).toBe(1)
  })

  test('the same client id is the same file; other content under it is refused', async () => {
    const input = { clientId: 'one-intent-0123456789', kind: 'image', bytes: 5000 }
    const answers = await Promise.all(Array.from({ length: 20 }, () => alice.api('files.begin', input)))
    expect(new Set(answers.map((one) => one.body.fileId)).size).toBe(1)
    const { fileId } = answers[0]?.body ?? { fileId: '' }
    await alice.part(fileId, 0, Buffer.alloc(300))
    expect((await alice.api('files.begin', input)).body).toMatchObject({ fileId, offset: 300 })
    const other = await alice.api('files.begin', { ...input, bytes: 5001 })
    expect(other).toMatchObject({ status: 409, body: { error: { code: 'idempotency_conflict' } } })
  })

  test.each([
    ['image', 10],
    ['voice', 2],
    ['video', 30],
  ] as const)('%s: more than %i MB is refused before a byte comes, in words', async (kind, megabytes) => {
    const refused = await alice.begin(kind, megabytes * MEGABYTE + 1)
    expect(refused).toMatchObject({ status: 413, body: { error: { code: 'file_too_large' } } })
    expect(refused.body.error?.message).toContain(`${megabytes} MB`)
    expect((await alice.begin(kind, megabytes * MEGABYTE)).status).toBe(200)
  })

  test('more bytes than were promised, and parts longer than agreed, are not kept', async () => {
    const { fileId, partBytes } = (await alice.begin('image', 1000)).body
    expect((await alice.part(fileId, 0, Buffer.alloc(1001))).status).toBe(413)
    expect((await alice.api('files.state', { fileId })).body.offset).toBe(0)
    const large = (await alice.begin('image', 2 * MEGABYTE)).body
    expect((await alice.part(large.fileId, 0, Buffer.alloc(partBytes + 1))).status).toBe(413)
    expect((await alice.part(large.fileId, 0, Buffer.alloc(2 * MEGABYTE))).status).toBe(413)
    expect((await alice.api('files.state', { fileId: large.fileId })).body.offset).toBe(0)
  })

  test('names that climb out of the folder, offsets that are none and bodies of another kind lead nowhere', async () => {
    const { fileId } = (await alice.begin('image', 1000)).body
    for (const name of [
      '..%2f..%2fetc%2fpasswd',
      '%2e%2e',
      `${fileId}%00`,
      `${fileId}.part`,
      fileId.toLowerCase(),
    ])
      expect((await alice.part(name, 0, Buffer.alloc(10))).status).toBe(404)
    for (const offset of ['-1', '1e3', '0x10', '', '99999999999'])
      expect((await alice.part(`${fileId}?offset=${offset}&x=`, 0, Buffer.alloc(10))).status).toBe(422)
    const json = await fetch(`${world.app.url}/upload/${fileId}?offset=0`, {
      method: 'POST',
      headers: { authorization: `Bearer ${alice.token}`, 'content-type': 'image/png' },
      body: 'x',
    })
    expect(json.status).toBe(415)
    expect(
      (await fetch(`${world.app.url}/upload/${fileId}?offset=0`, { method: 'POST', body: 'x' })).status,
    ).toBe(401)
  })

  test('another resident’s upload does not exist for me', async () => {
    const bob = await world.person()
    const { fileId } = (await alice.begin('image', 1000)).body
    expect((await bob.part(fileId, 0, Buffer.alloc(10))).status).toBe(404)
    for (const name of ['files.state', 'files.finish', 'files.discard'])
      expect((await bob.api(name, { fileId })).status).toBe(404)
    expect((await alice.api('files.state', { fileId })).body).toMatchObject({ state: 'receiving', offset: 0 })
  })

  test('a discarded file is gone at once, with its bytes', async () => {
    const sent = await alice.send('image', await photo())
    const objects = world.storage.objects.size
    expect((await alice.api('files.discard', { fileId: sent.body.fileId })).status).toBe(200)
    expect((await alice.api('files.state', { fileId: sent.body.fileId })).status).toBe(404)
    expect(world.storage.objects.size).toBe(objects - 2)
  })

  test('a full disk is told as such, and the upload goes on once there is room', async () => {
    const { fileId } = (await alice.begin('image', 1000)).body
    const folder = world.app.config.files.uploadDir
    await mkdir(folder, { recursive: true })
    await symlink('/dev/full', join(folder, `${fileId}.part`))
    const full = await alice.part(fileId, 0, Buffer.alloc(10))
    expect(full).toMatchObject({ status: 507, body: { error: { code: 'storage_full' } } })
    expect((await alice.api('files.state', { fileId })).body.state).toBe('receiving')
  })

  test('a thousand uploads that break off leave no file behind, and no connection open', async () => {
    const before = { all: openFiles(/^(socket|\/)/), files: openFiles(/^\//) }
    const { fileId } = (await alice.begin('image', 4000)).body
    for (let batch = 0; batch < 20; batch++)
      await Promise.all(Array.from({ length: 50 }, () => breakOff(world.app.url, alice.token, fileId)))
    expect((await alice.api('files.state', { fileId })).body.offset).toBe(0)
    expect(waiting().filter((name) => name.startsWith(fileId))).toEqual([])
    await settle(() => openFiles(/^(socket|\/)/) <= before.all + 5)
    // Also those whose first part came: nobody goes on, and two hours later they are cleared away.
    const people = await Promise.all(Array.from({ length: 100 }, () => world.person()))
    const begun = await Promise.all(people.map((person) => person.begin('image', 4000)))
    await Promise.all(begun.map(({ body }, at) => people[at]?.part(body.fileId, 0, Buffer.alloc(1000))))
    expect(waiting().length).toBeGreaterThanOrEqual(100)
    world.app.clock.advance(121 * 60_000)
    await world.app.runJobs()
    expect(waiting()).toEqual([])
    expect(openFiles(/^\//)).toBeLessThanOrEqual(before.files)
  })
})

eachEngine((engine) => {
  test('twenty files a day, also when they are asked for at once; the next day there is room again', async () => {
    const world = await startUploads(engine, { files: { perResidentPerDay: 20 } })
    const alice = await world.person()
    const answers = await Promise.all(Array.from({ length: 30 }, () => alice.begin('image', 1000)))
    const statuses = answers.map((one) => one.status)
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(20)
    // Whoever lost a race for a place asks once more.
    for (let left = 20 - statuses.filter((status) => status === 200).length; left > 0; left--)
      expect((await alice.begin('image', 1000)).status).toBe(200)
    const last = await alice.begin('image', 1000)
    expect(last).toMatchObject({ status: 429, body: { error: { code: 'file_limit' } } })
    expect((await (await world.person()).begin('image', 1000)).status).toBe(200)
    world.app.clock.advance(24 * 3_600_000)
    expect((await alice.begin('image', 1000)).status).toBe(200)
    await world.app.close()
  })
})

/** How many descriptors of this process lead to such a thing. */
function openFiles(kind: RegExp): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return kind.test(readlinkSync(`/proc/self/fd/${fd}`))
    } catch {
      return false
    }
  }).length
}

/** Begins to send a part and hangs up in the middle. */
function breakOff(url: string, token: string, fileId: string): Promise<void> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      const head = `POST /upload/${fileId}?offset=0 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/octet-stream\r\nContent-Length: 4000\r\n\r\n`
      socket.write(`${head}${'x'.repeat(1500)}`, () => socket.destroy())
    })
    socket.on('close', () => resolve())
    socket.on('error', () => resolve())
  })
}

async function settle(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 10_000
  while (!isSo()) {
    if (performance.now() > end) throw new Error('It did not come to rest within ten seconds.')
    await new Promise((resolve) => setImmediate(resolve))
  }
}
