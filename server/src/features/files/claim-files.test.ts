import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import type { Ctx } from '../../platforms/context'
import { beginFile } from './begin-file'
import { claimFiles } from './claim-files'
import { finishFile } from './finish-file'
import * as corpus from './test-corpus'
import { takePart } from './take-part'
import { startUploads, type Uploader, type UploadWorld } from './test-uploads'

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

  const photoOf = async (person: Uploader): Promise<string> =>
    (await person.send('image', await corpus.photo())).body.fileId
  const claim = (fileIds: readonly string[], given: { by?: Uploader; to?: string } = {}) => {
    const ctx = world.app.asResident(alice.id)
    const owner = { kind: 'resident', id: (given.by ?? alice).id } as const
    return inTransaction(ctx, (tx) =>
      claimFiles(tx, ctx, { fileIds, owner, claim: given.to ?? 'request:one' }),
    )
  }

  test('files come back in the order asked for, and a repeat is no fault', async () => {
    const [first, second] = [await photoOf(alice), await photoOf(alice)]
    expect((await claim([second, first])).map((row) => row.id)).toEqual([second, first])
    expect((await claim([first, second, first])).map((row) => row.claim)).toEqual([
      'request:one',
      'request:one',
    ])
    expect(await claim([])).toEqual([])
  })

  test('nobody attaches another’s file, an unknown one, or one that is attached elsewhere', async () => {
    const mine = await photoOf(alice)
    const foreign = await photoOf(bob)
    for (const ids of [[foreign], [mine, foreign], [world.app.ctx().ids.next()]])
      await expect(claim(ids)).rejects.toMatchObject({ code: 'not_found' })
    // What was refused as a whole left nothing attached.
    await claim([mine], { to: 'request:two' })
    await expect(claim([mine])).rejects.toMatchObject({ code: 'not_found' })
    expect((await alice.api('files.discard', { fileId: mine })).status).toBe(404)
  })

  test('of twenty requests that want one photo, one has it', async () => {
    const photo = await photoOf(alice)
    const tries = Array.from({ length: 20 }, (_, at) => claim([photo], { to: `request:${at}` }))
    const ends = await Promise.allSettled(tries)
    expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(1)
  })

  test('what is still coming, or was refused, says which', async () => {
    const coming = (await alice.begin('image', 1000)).body.fileId
    await expect(claim([coming])).rejects.toMatchObject({ code: 'files_not_ready' })
    const refused = (await alice.send('image', corpus.svg)).body.fileId
    await expect(claim([refused])).rejects.toThrow('没有通过处理')
    const discarded = await photoOf(alice)
    await alice.api('files.discard', { fileId: discarded })
    await expect(claim([discarded])).rejects.toMatchObject({ code: 'not_found' })
  })

  test('what a field worker uploads goes with their orders, or with a request of their own home; with nobody else’s', async () => {
    const staffId = world.app.ctx().ids.next()
    const worker: Ctx = { ...world.app.asResident(alice.id), staff: world.app.asStaff(staffId).staff }
    const upload = async (): Promise<string> => {
      const bytes = await corpus.photo()
      const clientId = `worker-${world.app.ctx().ids.token(8)}`
      const { fileId } = await beginFile(worker, { clientId, kind: 'image', bytes: bytes.length })
      await takePart(worker, { fileId, offset: 0, bytes })
      expect(await finishFile(worker, { fileId })).toMatchObject({ state: 'ready' })
      return fileId
    }
    const claimAs = (fileId: string, owner: { kind: 'resident' | 'staff'; id: string }, to: string) =>
      inTransaction(worker, (tx) => claimFiles(tx, worker, { fileIds: [fileId], owner, claim: to }))
    const order = await upload()
    const home = await upload()
    const other = world.app.ctx().ids.next()
    await expect(claimAs(order, { kind: 'staff', id: other }, 'request:three')).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(claimAs(order, { kind: 'resident', id: bob.id }, 'request:three')).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(await claimAs(order, { kind: 'staff', id: staffId }, 'request:three')).toHaveLength(1)
    expect(await claimAs(home, { kind: 'resident', id: alice.id }, 'request:four')).toHaveLength(1)
  })

  test('people who turned out to be one person have each other’s files', async () => {
    const photo = await photoOf(bob)
    await inTransaction(world.app.ctx(), (tx) =>
      tx.execute('UPDATE resident SET mergedInto = ? WHERE id = ?', [alice.id, bob.id]),
    )
    expect(await claim([photo], { to: 'request:five' })).toHaveLength(1)
  })
})
