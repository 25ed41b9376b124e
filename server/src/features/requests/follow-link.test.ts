import { inTransaction } from '../../core/db/database'
import { eachEngine } from '../../testing/harness'
import { createRequest } from './create-request'
import type { RequestRow } from './entities'
import { readLinkAttachment } from './read-link-attachment'
import { newRequest } from './test-catalogue'
import { RequestDesk, staffActor } from './test-request-desk'

const DAY = 24 * 3_600_000

eachEngine((engine) => {
  let desk: RequestDesk
  beforeAll(async () => {
    desk = await RequestDesk.open(engine, { limits: { perIp: { limit: 100_000, windowMs: 60_000 } } })
  })
  afterAll(() => desk.close())

  const called = async (): Promise<{ row: RequestRow; token: string }> => {
    const { row, followToken } = await inTransaction(desk.app.ctx(), (tx) =>
      createRequest(
        tx,
        desk.app.ctx(),
        newRequest({
          by: staffActor('agent'),
          withLink: true,
          addressText: '松海园41号楼6单元404',
          contactName: '李秀英',
          contactPhone: '13900001234',
        }),
      ),
    )
    return { row, token: followToken ?? '' }
  }

  test('the holder of a link sees the request masked, and only what a link may do', async () => {
    const { row, token } = await called()
    expect(token).toMatch(/^[0-9a-f]{32}$/)
    expect(JSON.stringify(await desk.request(row.id))).not.toContain(token)
    const { request } = await desk.stranger().ok('requests.byLink', { token })
    expect(JSON.stringify(request)).not.toMatch(/李秀英|13900001234|单元404/)
    expect(request).toMatchObject({
      number: row.number,
      contactNameMasked: '李*英',
      may: ['add', 'urge', 'cancel'],
    })
  })

  test('a wrong link and one that is too old are answered alike', async () => {
    const { row, token } = await called()
    await desk.move(row, 'cancel', { reason: '不用了' })
    desk.app.clock.advance(90 * DAY)
    expect((await desk.stranger().call('requests.byLink', { token })).status).toBe(200)
    desk.app.clock.advance(1)
    const old = await desk.stranger().call('requests.byLink', { token })
    const wrong = await desk.stranger().call('requests.byLink', { token: 'f'.repeat(32) })
    expect(old).toMatchObject({
      status: 404,
      error: { code: 'not_found', message: '链接不对或已经过期，请拨打客服电话查询。' },
    })
    expect(wrong.error?.message).toBe(old.error?.message)
    const act = await desk.stranger().call('requests.actByLink', { token, act: { kind: 'urge' } })
    expect(act).toMatchObject({ status: 404, error: { code: 'not_found' } })
  })

  test('words, an urge, a rating: each acts once however often it is sent', async () => {
    const { row, token } = await called()
    const holder = desk.stranger()
    const input = { token, act: { kind: 'add', words: '门铃坏了，请敲门' } }
    const first = await holder.ok('requests.actByLink', input, 'link-act-0000000001')
    await holder.ok('requests.actByLink', input, 'link-act-0000000001')
    expect(first.request.steps.map((step) => step.title)).toEqual(['客服已登记', '补充了说明'])
    expect(await desk.steps(row.id)).toHaveLength(2)
    await holder.ok('requests.actByLink', { token, act: { kind: 'urge' } })
    expect((await holder.call('requests.actByLink', { token, act: { kind: 'urge' } })).error?.code).toBe(
      'urge_too_soon',
    )
    await desk.move(row, 'accept')
    await desk.move(row, 'resolve', { words: '好了' })
    const act = { kind: 'rate', stars: 3, outcome: 'partly', reasons: ['没修好'] }
    const rated = (await holder.ok('requests.actByLink', { token, act })).request
    expect(rated).toMatchObject({ state: 'closed', rating: { stars: 3 } })
    expect(rated.steps.some((step) => step.kind === 'follow-up')).toBe(true)
    const cancelled = await holder.call('requests.actByLink', {
      token,
      act: { kind: 'cancel', reason: '不用了' },
    })
    expect(cancelled.error?.code).toBe('move_not_allowed')
    const [audit] = await desk.rows<{ actor: string }>(
      "SELECT actor FROM audit_log WHERE action = 'requests.actByLink.add'",
    )
    expect(audit?.actor).toBe(`link:${row.id}`)
  })

  test('the holder may fetch the photos of that request, with the token, and of no other', async () => {
    const { row, token } = await called()
    const other = await called()
    const photo = await desk.storedFile(staffActor().id ?? '', 'picture')
    await desk.change("UPDATE stored_file SET ownerKind = 'staff', residentId = NULL WHERE id = ?", [photo])
    await desk.move(row, 'accept', { fileIds: [photo], fileRole: 'added' })
    const { request } = await desk.stranger().ok('requests.byLink', { token })
    const url = request.steps.at(-1)?.files[0]?.url ?? ''
    const answer = await desk.stranger().fetch(url)
    expect([answer.status, await answer.text()]).toEqual([200, 'picture'])
    expect((await desk.stranger().fetch(url.replace(token, other.token))).status).toBe(404)
    expect((await desk.stranger().fetch(url.replace(/&token=.*/, ''))).status).toBe(404)
    expect((await desk.stranger().fetch(url.replace(row.id, other.row.id))).status).toBe(404)
    const asked = { requestId: row.id, fileId: photo, token }
    await expect(readLinkAttachment(desk.app.ctx(), asked)).resolves.toBeUndefined()
    await desk.change('UPDATE request_step SET internal = 1 WHERE requestId = ?', [row.id])
    await expect(readLinkAttachment(desk.app.ctx(), asked)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('somebody who tries many links is slowed down', async () => {
    desk.app.clock.advance(60_000)
    const tries = await Promise.all(
      Array.from({ length: 70 }, (_, index) =>
        desk.stranger().call('requests.byLink', { token: index.toString(16).padStart(32, '0') }),
      ),
    )
    expect(tries.filter((reply) => reply.error?.code === 'rate_limited').length).toBeGreaterThanOrEqual(10)
  })
})
