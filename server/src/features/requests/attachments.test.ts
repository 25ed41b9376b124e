import { eachEngine } from '../../testing/harness'
import { addStep } from './add-step'
import { inTransaction } from '../../core/db/database'
import { addToRequest } from './add-to-request'
import type { RequestRow } from './entities'
import { viewersOfAttachment } from './read-attachment'
import { RequestDesk, staffActor } from './test-request-desk'

eachEngine((engine) => {
  let desk: RequestDesk
  beforeAll(async () => {
    desk = await RequestDesk.open(engine)
  })
  afterAll(() => desk.close())

  const withPhoto = async (): Promise<{ id: string; request: RequestRow; photo: string; url: string }> => {
    const { id } = await desk.resident()
    const { id: householdId } = await desk.household([id])
    const request = await desk.make({ residentId: id, householdId })
    const photo = await desk.storedFile(id, 'picture of a radiator')
    await addToRequest(desk.app.asResident(id, 'alipay-mini'), {
      requestId: request.id,
      words: '看照片',
      fileIds: [photo],
    })
    const { request: view } = await (await desk.phone(id)).ok('requests.get', { requestId: request.id })
    return { id, request, photo, url: view.steps.at(-1)?.files[0]?.url ?? '' }
  }

  test('the owner fetches a photo; nobody else does, with the same address or without', async () => {
    const { id, url, photo } = await withPhoto()
    const answer = await (await desk.phone(id)).fetch(url)
    expect([answer.status, await answer.text()]).toEqual([200, 'picture of a radiator'])
    expect(answer.headers.get('content-security-policy')).toContain('sandbox')
    const stranger = await desk.phone((await desk.resident()).id)
    expect((await stranger.fetch(url)).status).toBe(404)
    expect((await desk.stranger().fetch(url)).status).toBe(401)
    expect((await (await desk.phone(id)).fetch(url.replace(/sign=.{4}/, 'sign=0000'))).status).toBe(404)
    const other = await withPhoto()
    expect((await (await desk.phone(id)).fetch(url.replace(photo, other.photo))).status).toBe(404)
  })

  test('an address grows old, and whoever lost the request loses its photos at once', async () => {
    const { id, url, request } = await withPhoto()
    const phone = await desk.phone(id)
    await desk.change('UPDATE request SET residentId = NULL WHERE id = ?', [request.id])
    expect((await phone.fetch(url)).status).toBe(404)
    await desk.change('UPDATE request SET residentId = ? WHERE id = ?', [id, request.id])
    expect((await phone.fetch(url)).status).toBe(200)
    desk.app.clock.advance(6 * 60_000)
    const old = await phone.fetch(url)
    expect(((await old.json()) as { error: { code: string } }).error.code).toBe('file_link_expired')
  })

  test('at work, photos are seen within the scope by those who open requests, and by whoever was sent', async () => {
    const { request, photo } = await withPhoto()
    const ids = { requestId: request.id, fileId: photo }
    const sees = (id: string, how: Parameters<typeof desk.app.asStaff>[1]): Promise<boolean> =>
      viewersOfAttachment(desk.app.asStaff(id, how), ids).then(
        () => true,
        () => false,
      )
    expect(await sees('A', { roles: ['worker'] })).toBe(false)
    await desk.change("UPDATE request SET assigneeId = 'A', teamId = 'T' WHERE id = ?", [request.id])
    expect(await sees('A', { roles: ['worker'] })).toBe(true)
    expect(await sees('B', { roles: ['worker'], teamId: 'T' })).toBe(true)
    expect(await sees('B', { roles: ['worker'], teamId: 'OTHER' })).toBe(false)
    expect(await sees('C', { roles: ['agent'], companies: ['gas'] })).toBe(false)
    expect(await sees('C', { roles: ['auditor'] })).toBe(false)
    expect(await sees('C', { roles: ['security-admin'] })).toBe(false)
  })

  test('files of an internal line are no residents’', async () => {
    const { id, request } = await withPhoto()
    const note = await desk.storedFile(staffActor().id ?? '', 'internal')
    await desk.change("UPDATE stored_file SET ownerKind = 'staff', residentId = NULL WHERE id = ?", [note])
    await inTransaction(desk.app.ctx(), (tx) =>
      addStep(tx, desk.app.ctx(), {
        request,
        kind: 'note',
        title: '备注',
        words: '上次也是这户',
        internal: true,
        by: staffActor('agent'),
        fileIds: [note],
        fileRole: 'note',
      }),
    )
    const asOwner = desk.app.asResident(id)
    await expect(viewersOfAttachment(asOwner, { requestId: request.id, fileId: note })).rejects.toMatchObject(
      { code: 'not_found' },
    )
    const { request: view } = await (await desk.phone(id)).ok('requests.get', { requestId: request.id })
    expect(JSON.stringify(view)).not.toMatch(new RegExp(`${note}|上次也是这户`))
  })

  test('a worker whose own request it is sees it as a resident and as the one who is sent', async () => {
    const { id, request, photo } = await withPhoto()
    await desk.change("UPDATE request SET assigneeId = 'A' WHERE id = ?", [request.id])
    const both = {
      ...desk.app.asStaff('A', { roles: ['worker'] }),
      resident: desk.app.asResident(id).resident,
    }
    const viewers = await viewersOfAttachment(both, { requestId: request.id, fileId: photo })
    expect(viewers.map((viewer) => viewer.staff?.id ?? 'resident')).toEqual(['resident', 'A'])
  })
})
