import { DAY_MS } from '../../core/clock'
import { AppError } from '../../core/errors'
import { eachEngine } from '../../testing/harness'
import { memoryStorage } from '../../testing/fake-platforms'
import { sweepFiles } from '../files/sweep-files'
import { expireAttachments } from './expire-attachments'
import { residentActor } from './actor'
import type { RequestRow } from './entities'
import { RequestDesk } from './test-request-desk'

const never = new AbortController().signal

eachEngine((engine) => {
  let desk: RequestDesk
  let storage: ReturnType<typeof memoryStorage>
  let isAway = false
  beforeEach(async () => {
    storage = memoryStorage()
    isAway = false
    const away = {
      ...storage,
      delete: async (key: string) => {
        if (isAway) throw new AppError('storage_unavailable')
        return storage.delete(key)
      },
    }
    const files = { keepClosedDays: 180, keepLongerDays: { street: 365 } }
    desk = await RequestDesk.open(engine, { files }, { storage: away })
  })
  afterEach(() => desk.close())

  const days = (count: number): void => desk.app.clock.advance(count * DAY_MS)
  const sweep = () => expireAttachments(desk.app.ctx(), never)
  /** A request of a resident with one photo that has bytes. */
  const make = async (over: Partial<Parameters<RequestDesk['make']>[0]> = {}) => {
    const { id } = await desk.resident()
    const fileId = await desk.storedFile(id, 'a photo of a home')
    const request = await desk.make({ residentId: id, by: residentActor(id), fileIds: [fileId], ...over })
    return { id, request, fileId }
  }
  const close = async (request: RequestRow): Promise<void> => {
    await desk.change("UPDATE request SET state = 'closed', openSlot = NULL, closedAt = ? WHERE id = ?", [
      desk.app.clock.now(),
      request.id,
    ])
  }
  const stateOf = async (fileId: string) =>
    desk.one<{ state: string; storageKey: string | null; sha256: string | null }>(
      'SELECT state, storageKey, sha256 FROM stored_file WHERE id = ?',
      [fileId],
    )

  test('a hundred and eighty days after closing the bytes are gone, the row stays, and the page says so', async () => {
    const { id, request, fileId } = await make()
    days(30)
    await close(request)
    days(179)
    expect(await sweep()).toBe(0)
    expect(storage.objects.size).toBe(1)
    days(1)
    expect(await sweep()).toBe(1)
    expect(storage.objects.size).toBe(0)
    expect(await stateOf(fileId)).toMatchObject({
      state: 'expired',
      storageKey: null,
      sha256: expect.any(String),
    })
    const phone = await desk.phone(id)
    const { files } = (await phone.ok('requests.get', { requestId: request.id })).request
    expect(files).toMatchObject([{ fileId, gone: true, thumbUrl: null }])
    const fetched = await phone.fetch(files[0]?.url ?? '')
    expect([fetched.status, await fetched.text()]).toEqual([410, expect.stringContaining('按规定删除')])
    expect(await sweep()).toBe(0)
  })

  test('what is still open keeps its photos however old it is, and is looked at again', async () => {
    const { request, fileId } = await make()
    days(200)
    expect(await sweep()).toBe(0)
    await close(request)
    days(179)
    expect(await sweep()).toBe(0)
    days(2)
    expect(await sweep()).toBe(1)
    expect(await stateOf(fileId)).toMatchObject({ state: 'expired' })
  })

  test('where a rule asks for longer, it is kept as long', async () => {
    const { request, fileId } = await make({ typeId: 'street', place: { latE6: 1, lngE6: 1, words: '门口' } })
    await close(request)
    days(364)
    expect(await sweep()).toBe(0)
    expect(await stateOf(fileId)).toMatchObject({ state: 'ready' })
    days(1)
    expect(await sweep()).toBe(1)
  })

  test('with the storage away nobody sees it any more, and the bytes go when it is back', async () => {
    const { request, fileId } = await make()
    await close(request)
    days(180)
    isAway = true
    await sweep()
    expect(await stateOf(fileId)).toMatchObject({ state: 'expiring', storageKey: expect.any(String) })
    expect(storage.objects.size).toBe(1)
    isAway = false
    desk.app.clock.advance(60_000)
    await sweepFiles(desk.app.ctx(), never)
    expect(storage.objects.size).toBe(0)
    expect(await stateOf(fileId)).toMatchObject({ state: 'expired', storageKey: null })
  })

  test('more than a page of them goes in one turn, what is kept does not stand in their way', async () => {
    const { id } = await desk.resident()
    const [open, over] = [await desk.make(), await desk.make()]
    await close(over)
    const insert = async (claim: string): Promise<void> => {
      const fileId = await desk.file(id)
      await desk.change('UPDATE stored_file SET claim = ? WHERE id = ?', [claim, fileId])
    }
    for (let at = 0; at < 210; at++) await insert(at % 3 === 0 ? `request:${open.id}` : `request:${over.id}`)
    await insert('help:somebody')
    days(181)
    expect(await sweep()).toBe(140)
    const left = await desk.rows<{ claim: string; n: number }>(
      "SELECT claim, COUNT(*) AS n FROM stored_file WHERE state = 'ready' GROUP BY claim",
    )
    expect(left.reduce((sum, { n }) => sum + Number(n), 0)).toBe(71)
    expect(await sweep()).toBe(0)
  })
})
