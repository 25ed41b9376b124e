import { buildAtWork, buildSignedIn, send } from '../../testing/at-work'
import { eachEngine } from '../../testing/harness'
import type { DeskRequest } from './schema'
import { TestDesk } from './test-desk'

const GET = { name: 'desk.get', method: 'GET' }
const JUDGE = { name: 'files.judge', method: 'POST' }

/** What the request page does with a photo that the content check holds back. */
eachEngine((engine) => {
  let desk: TestDesk
  let serial = 0
  beforeAll(async () => {
    desk = await TestDesk.open(engine)
  })
  afterAll(() => desk.close())

  const heldPhoto = async () => {
    const { app } = desk.world
    const owner = await buildSignedIn(app)
    const fileId = await desk.world.storedFile(owner.id, 'a radiator')
    const by = { kind: 'resident', id: owner.id, name: null, roles: [] } as const
    const { id: requestId } = await desk.make({ residentId: owner.id, by, fileIds: [fileId] })
    await desk.world.change("UPDATE stored_file SET checkState = 'review' WHERE id = ?", [fileId])
    return { fileId, requestId }
  }
  const photoOf = async (headers: Readonly<Record<string, string>>, requestId: string) => {
    const answer = await send(desk.world.app, GET, headers, { requestId })
    const { request } = (await answer.json()) as { request: DeskRequest }
    const [file] = request.files
    if (!file) throw new Error('the photo is not in the request')
    return file
  }
  const judge = async (headers: Readonly<Record<string, string>>, fileId: string, address: string) => {
    const input = { clientId: `judge-${String(++serial).padStart(12, '0')}`, fileId, address }
    const answer = await send(desk.world.app, JUDGE, headers, {
      ...input,
      verdict: 'pass',
      reason: '是暖气片',
    })
    return (await answer.json()) as { done?: true; error?: { code: string } }
  }

  test('a photo that is held back is shown once somebody at the desk has said so, by the address of the request', async () => {
    const { headers } = await buildAtWork(desk.world.app, ['agent'])
    const { fileId, requestId } = await heldPhoto()
    const held = await photoOf(headers, requestId)
    expect(held).toMatchObject({ fileId, hidden: true })
    expect(await judge(headers, fileId, held.url)).toEqual({ done: true })
    expect(await photoOf(headers, requestId)).toMatchObject({ fileId, hidden: false })
  })

  test('a page that was open for long must be read again, and nobody judges by the page of somebody else', async () => {
    const { headers } = await buildAtWork(desk.world.app, ['agent'])
    const other = await buildAtWork(desk.world.app, ['agent'], { companies: ['gas'] })
    const { fileId, requestId } = await heldPhoto()
    const { url } = await photoOf(headers, requestId)
    expect((await judge(other.headers, fileId, url)).error?.code).toBe('not_found')
    desk.clock.advance((desk.world.app.config.files.linkSeconds + 1) * 1000)
    expect((await judge(headers, fileId, url)).error?.code).toBe('file_link_expired')
    const fresh = await photoOf(headers, requestId)
    expect(fresh.hidden).toBe(true)
    expect(await judge(headers, fileId, fresh.url)).toEqual({ done: true })
  })
})
