import { AppError } from '../../core/errors'
import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { claimFiles } from '../files'
import * as corpus from '../files/test-corpus'
import { startUploads, type Uploader, type UploadWorld } from '../files/test-uploads'

const DAY_MS = 86_400_000

eachEngine((engine) => {
  let world: UploadWorld
  beforeAll(async () => {
    world = await startUploads(engine)
  })
  afterAll(() => world.app.close())

  /** Two photos, so many of which hang on a request. */
  const photosOf = async (person: Uploader, attached: number): Promise<string[]> => {
    const ids: string[] = []
    for (let at = 0; at < 2; at++) {
      const { body } = await person.send('image', await corpus.photo())
      expect(body.state).toBe('ready')
      ids.push(body.fileId)
    }
    const owner = { kind: 'resident', id: person.id } as const
    const claim = { fileIds: ids.slice(0, attached), owner, claim: `request:of-${person.id}` }
    const ctx = world.app.asResident(person.id)
    await inTransaction(ctx, (tx) => claimFiles(tx, ctx, claim))
    return ids
  }
  const rowsOf = async (ids: readonly string[]): Promise<number> =>
    (
      await world.app
        .ctx()
        .db.reader.query(`SELECT id FROM stored_file WHERE id IN (${ids.map(() => '?').join()})`, [...ids])
    ).length

  test('the bytes of whoever left are gone from the storage, attached or not, and nobody else’s', async () => {
    const [leaving, staying] = [await world.person(), await world.person()]
    const before = new Set(world.storage.objects.keys())
    const theirs = await photosOf(leaving, 1)
    const keysOfTheirs = [...world.storage.objects.keys()].filter((key) => !before.has(key))
    // A picture and its small one, twice.
    expect(keysOfTheirs).toHaveLength(4)
    const others = await photosOf(staying, 2)
    const keysOfOthers = [...world.storage.objects.keys()].filter(
      (key) => !before.has(key) && !keysOfTheirs.includes(key),
    )
    expect((await leaving.api('privacy.askClosure', {})).status).toBe(200)
    world.app.clock.advance(world.app.config.privacy.closureDays * DAY_MS)
    // The storage is away when the time has come: the rows stay, for they say where the bytes are.
    const really = world.storage.delete
    world.storage.delete = () => Promise.reject(new AppError('storage_unavailable'))
    await world.app.runJobs()
    expect(keysOfTheirs.filter((key) => world.storage.objects.has(key))).toEqual(keysOfTheirs)
    expect(await rowsOf(theirs)).toBe(2)
    world.storage.delete = really
    world.app.clock.advance(DAY_MS)
    await world.app.runJobs()
    expect(keysOfTheirs.filter((key) => world.storage.objects.has(key))).toEqual([])
    expect(await rowsOf(theirs)).toBe(0)
    expect(keysOfOthers.filter((key) => world.storage.objects.has(key))).toEqual(keysOfOthers)
    expect(await rowsOf(others)).toBe(2)
  })
})
