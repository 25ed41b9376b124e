import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { assemblePortal, openCore, type Portal } from '../../assemble'
import { inTransaction } from '../../core/db/database'
import { createLogger } from '../../core/log'
import type { Ctx } from '../../platforms/context'
import { type AtWork, buildAtWork, buildSignedIn, buildWorker } from '../../testing/at-work'
import { eachEngine } from '../../testing/harness'
import { suggestionTable } from '../notices/entities'
import { buildNotice } from '../notices/fan-out.fixture'
import { moveDeskRequest } from './move-desk-request'
import { noteRequest } from './note-request'
import { followChanges } from './live'
import { outcomeOf, TestDesk } from './test-desk'

/** Shorter than any of these tests, so that a stream that hung on it would be cut. */
const HANDLER_MS = 1500

/** A page of the console that listens. */
class Page {
  text = ''
  ended = false
  private constructor(
    readonly response: Response,
    private readonly left: AbortController,
  ) {}

  static async open(url: string, who: { headers: Readonly<Record<string, string>> }): Promise<Page> {
    const left = new AbortController()
    const response = await fetch(`${url}/console/live`, { headers: who.headers, signal: left.signal })
    const page = new Page(response, left)
    if (response.status === 200) void page.listen().catch(() => undefined)
    return page
  }

  private async listen(): Promise<void> {
    const decoder = new TextDecoder()
    const reader = this.response.body?.getReader()
    for (;;) {
      const piece = await reader?.read().catch(() => ({ done: true, value: undefined }))
      if (!piece || piece.done) break
      this.text += decoder.decode(piece.value, { stream: true })
    }
    this.ended = true
  }

  /** Waits for a condition of this page; how long it took in milliseconds. */
  async until(met: (page: Page) => boolean): Promise<number> {
    const started = performance.now()
    while (!met(this)) {
      if (performance.now() - started > 15_000) throw new Error(`never: ${met.toString()} in ${this.text}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return performance.now() - started
  }

  hears(requestId: string): Promise<number> {
    return this.until(({ text }) => text.includes(`"requestId":"${requestId}"`))
  }

  leave(): void {
    this.left.abort()
  }
}

eachEngine((engine) => {
  let desk: TestDesk
  let wang: AtWork
  const pages: Page[] = []
  beforeEach(async () => {
    desk = await TestDesk.open(engine, {
      http: { handlerTimeoutMs: HANDLER_MS },
      platforms: { connectTimeoutMs: 500, totalTimeoutMs: 1000 },
    })
    wang = await buildAtWork(desk.world.app, ['agent'])
  })
  afterEach(async () => {
    for (const page of pages.splice(0)) page.leave()
    await desk.close()
  })

  const open = async (who: { headers: Readonly<Record<string, string>> }, url = desk.world.app.url) => {
    const page = await Page.open(url, who)
    pages.push(page)
    return page
  }

  /** Another process of the same installation; SQLite has one only, so there it is the same one. */
  async function otherProcess(): Promise<{ as: () => Ctx; url: string; stop: () => Promise<void> }> {
    const { app } = desk.world
    if (engine === 'sqlite') return { as: () => desk.as(), url: app.url, stop: async () => undefined }
    const log = createLogger('silent', { write: () => undefined })
    const opened = await openCore(app.config, { clock: app.clock, log })
    const portal: Portal = assemblePortal(opened, app.platforms, { poll: false })
    const server: Server = createServer(portal.http.callback())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { staff } = desk.as()
    return {
      as: () => portal.contextFor({ requestId: 'other', ip: null, resident: null, staff }),
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      stop: async () => {
        opened.stop()
        // What main.ts does: nobody's connection is cut, so this ends only when the streams have ended.
        await new Promise((resolve) => {
          server.close(resolve)
          server.closeIdleConnections()
        })
        await portal.jobs.stop()
        await opened.close()
      },
    }
  }

  test('what another person changes in another process is here within two seconds', async () => {
    const made = [await desk.make(), await desk.make(), await desk.make()]
    const other = await otherProcess()
    const theirs = await open(wang, other.url)
    try {
      const openedAt = performance.now()
      const page = await open(wang)
      expect(page.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
      expect(page.response.headers.get('x-accel-buffering')).toBe('no')
      await page.until(({ text }) => text.includes(': here'))
      // The stream outlives the time limit of handlers.
      await page.until(() => performance.now() - openedAt > HANDLER_MS + 200)
      const took: number[] = []
      for (const { id, version } of made) {
        expect(page.text).not.toContain(id)
        await moveDeskRequest(other.as(), { requestId: id, version, move: 'accept', fileIds: [] })
        took.push(await page.hears(id))
      }
      // The machine of a test may be busy with others, the poll may not.
      expect(Math.min(...took)).toBeLessThan(2000)
      expect(page.text).toContain('"state":"accepted"')
      await noteRequest(other.as(), { requestId: made[0]?.id ?? '', words: '只是备注', fileIds: [] })
      expect(page.text).not.toContain('只是备注')
      await theirs.hears(made[2]?.id ?? '')
    } finally {
      await other.stop()
    }
    // That process waited for nobody's connection to be cut: its stream had ended by itself.
    await theirs.until(({ ended }) => ended === (engine === 'mariadb'))
  })

  test('nobody hears of another company’s or area’s requests', async () => {
    const { id: residentId } = await desk.world.resident()
    const here = await desk.world.household([residentId])
    const there = await desk.world.household([residentId], { community: '桃源居' })
    const gasAgent = await buildAtWork(desk.world.app, ['agent'], { companies: ['gas'] })
    const unitAgent = await buildAtWork(desk.world.app, ['agent'], { areaIds: [here.unitId] })
    const [all, gas, unit] = [await open(wang), await open(gasAgent), await open(unitAgent)]
    const outside = await desk.make({ householdId: there.id })
    await all.hears(outside.id)
    const inside = await desk.make({ householdId: here.id })
    const ofGas = await desk.make({ companyId: 'gas' })
    await Promise.all([all.hears(ofGas.id), gas.hears(ofGas.id), unit.hears(inside.id)])
    expect(gas.text).not.toContain(outside.id)
    expect(gas.text).not.toContain(inside.id)
    expect(unit.text).not.toContain(outside.id)
    expect(unit.text).not.toContain(ofGas.id)
  })

  test('a publisher hears at once of a suspected outage and of what becomes of notices, of their company alone', async () => {
    const { app } = desk.world
    const [publisher, gasPublisher] = [
      await open(await buildAtWork(app, ['publisher'])),
      await open(await buildAtWork(app, ['publisher'], { companies: ['gas'] })),
    ]
    const counted = (page: Page, topic: string): number => page.text.split(`{"topic":"${topic}"}`).length - 1
    await publisher.until(({ text }) => text.includes(': here'))
    const suggest = (companyId: string) =>
      inTransaction(app.ctx(), (tx) =>
        tx.insert(suggestionTable, {
          id: app.ctx().ids.next(),
          companyId,
          areaId: app.ctx().ids.next(),
          tree: 'supply',
          openSlot: 1,
          state: 'open',
          requests: 3,
          firstAt: app.clock.now(),
          lastAt: app.clock.now(),
          noticeId: null,
          endedBy: null,
        }),
      )
    await suggest('heating')
    await publisher.until((page) => counted(page, 'suggestion') === 1)
    await desk.world.change('UPDATE notice_suggestion SET requests = ? WHERE requests = ?', [4, 3])
    await publisher.until((page) => counted(page, 'suggestion') === 2)
    await desk.world.change('UPDATE notice_suggestion SET state = ?, openSlot = NULL', ['dismissed'])
    await publisher.until((page) => counted(page, 'suggestion') === 3)
    const { id } = await buildNotice(app, {})
    await publisher.until((page) => counted(page, 'notice') === 1)
    await desk.world.change('UPDATE notice SET revision = ? WHERE id = ?', [2, id])
    await publisher.until((page) => counted(page, 'notice') === 2)
    await suggest('gas')
    await gasPublisher.until((page) => counted(page, 'suggestion') === 1)
    expect(counted(gasPublisher, 'notice')).toBe(0)
    // Requests are none of a publisher's business: what the desk hears of does not reach them.
    const all = await open(wang)
    await all.until(({ text }) => text.includes(': here'))
    const made = await desk.make()
    await all.hears(made.id)
    await suggest('gas')
    await publisher.until((page) => counted(page, 'suggestion') === 5)
    expect(publisher.text).not.toContain(made.id)
  })

  test('a change that was stamped before it was committed is heard, and each change once', async () => {
    const [late, first] = [await desk.make(), await desk.make()]
    desk.clock.advance(60_000)
    const page = await open(wang)
    await desk.world.change('UPDATE request SET updatedAt = ?, version = 7 WHERE id = ?', [
      desk.clock.now(),
      first.id,
    ])
    await page.hears(first.id)
    await desk.world.change('UPDATE request SET updatedAt = ?, version = 9 WHERE id = ?', [
      desk.clock.now() - 9_000,
      late.id,
    ])
    await page.hears(late.id)
    const marker = await desk.make()
    await page.hears(marker.id)
    for (const { id } of [late, first, marker]) expect(page.text.split(id)).toHaveLength(2)
  })

  test('a burst is told as one: look at everything again', async () => {
    const first = await desk.make()
    const page = await open(wang)
    const { requestTable } = await import('../requests/entities')
    const { ids, db, clock } = desk.as()
    await db.transaction(async (tx) => {
      for (let start = 0; start < 3200; start += 400)
        await tx.insert(
          requestTable,
          Array.from({ length: 400 }, (_, at) => ({
            ...first,
            id: ids.next(),
            number: `BX20260101-${start + at}`,
            updatedAt: clock.now() + 1,
          })),
        )
    })
    await page.until(({ text }) => text.includes('"requestId":null'))
    expect(page.text.split('"requestId"').length).toBeLessThan(10)
  })

  test('a stream ends with its session, and beats while that lives', async () => {
    const page = await open(wang)
    await page.until(({ text }) => text.includes(': here'))
    desk.clock.advance(15_000)
    await page.until(({ text }) => text.includes(': still here'))
    expect(page.ended).toBe(false)
    await desk.world.change('UPDATE staff_session SET endedAt = ? WHERE id = ?', [1, wang.sessionId])
    desk.clock.advance(15_000)
    await page.until(({ ended }) => ended)
  })

  test('listening keeps nobody signed in', async () => {
    const before = await desk.world.one<{ lastSeenAt: number }>(
      'SELECT lastSeenAt FROM staff_session WHERE id = ?',
      [wang.sessionId],
    )
    desk.clock.advance(10 * 60_000)
    const page = await open(wang)
    await page.until(({ text }) => text.includes(': here'))
    const after = await desk.world.one('SELECT lastSeenAt FROM staff_session WHERE id = ?', [wang.sessionId])
    expect(after).toEqual(before)
  })

  test('residents and people whose work is not at the desk do not listen', async () => {
    const { app } = desk.world
    expect((await open(await buildSignedIn(app))).response.status).toBe(401)
    expect((await open(await buildWorker(app))).response.status).toBe(403)
    expect((await open(await buildAtWork(app, ['auditor']))).response.status).toBe(403)
    expect((await open({ headers: {} })).response.status).toBe(401)
  })

  test('one person has so many pages, and a page that was closed makes room', async () => {
    const first = await open(wang)
    for (let at = 1; at < 8; at++) expect((await open(wang)).response.status).toBe(200)
    const ninth = await open(wang)
    expect(ninth.response.status).toBe(503)
    first.leave()
    await first.until(({ ended }) => ended)
    let again = await open(wang)
    for (let tries = 0; again.response.status !== 200 && tries < 100; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      again = await open(wang)
    }
    expect(again.response.status).toBe(200)
  })

  test('a process that is asked to stop ends its streams, and lets nobody in any more', async () => {
    const stop = new AbortController()
    const ctx = { ...desk.as(), stopping: stop.signal }
    const { staff } = ctx
    if (!staff) throw new Error('somebody is signed in')
    let said = ''
    const ended = new Promise<void>((resolve) => {
      const write = (text: string): boolean => {
        said += text
        return true
      }
      void followChanges(ctx, staff, { write, end: resolve }).then(() => stop.abort())
    })
    await ended
    expect(said).toContain(': here')
    const client = { write: () => true, end: () => undefined }
    expect(await outcomeOf(followChanges(ctx, staff, client))).toBe('busy')
  })

  test('a page that reads too slowly is let go, and others go on', async () => {
    const ctx = desk.as()
    if (!ctx.staff) throw new Error('somebody is signed in')
    const page = await open(wang)
    let pieces = 0
    const ended = new Promise<void>((resolve) => {
      void followChanges(ctx, ctx.staff ?? never(), { write: () => ++pieces < 2, end: resolve })
    })
    await page.until(({ text }) => text.includes(': here'))
    const { id } = await desk.make()
    await ended
    await page.hears(id)
    await page.hears((await desk.make()).id)
    expect(pieces).toBe(2)
  })
})

function never(): never {
  throw new Error('somebody is signed in')
}
