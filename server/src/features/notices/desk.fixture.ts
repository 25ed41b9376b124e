import { inTransaction } from '../../core/db/database'
import { sealOwner } from '../households/owner'
import type { SignedInStaff } from '../../core/context'
import type { Ctx } from '../../platforms/context'
import { buildAtWork } from '../../testing/at-work'
import { startApp, type TestApp, type TestEngine } from '../../testing/harness'
import type { NoticeRow, VersionRow } from './entities'
import { buildTown, type Town } from './fan-out.fixture'
import { previewNotice } from './preview-notice'
import { saveDraft, type SaveDraftInput } from './save-draft'
import type { NoticeDeskRow, PreviewView } from './schema'
import { findNotice, versionsOf } from './store'
import { submitNotice } from './submit-notice'

export const HOUR_MS = 3_600_000

/** A portal with a town and two publishers, for tests of what they do. */
export class NoticeDesk {
  readonly app: TestApp
  readonly town: Town
  readonly lin: Ctx
  readonly zhao: Ctx

  private constructor(app: TestApp, town: Town, ids: { lin: string; zhao: string }) {
    this.app = app
    this.town = town
    this.lin = this.as(ids.lin, { name: '林静', roles: ['publisher'] })
    this.zhao = this.as(ids.zhao, { name: '赵敏', roles: ['supervisor'] })
  }

  static async open(engine: TestEngine, config: { [section: string]: unknown } = {}): Promise<NoticeDesk> {
    const app = await startApp({ engine, config })
    const town = await buildTown(app)
    const owner = sealOwner(app.ctx().vault, { name: '张玉兰', phone: '13800138000' })
    await inTransaction(app.ctx(), (tx) => tx.execute('UPDATE household SET ownerSealed = ?', [owner]))
    const lin = await buildAtWork(app, ['publisher'], { name: '林静' })
    const zhao = await buildAtWork(app, ['supervisor'], { name: '赵敏' })
    return new NoticeDesk(app, town, { lin: lin.id, zhao: zhao.id })
  }

  as(id: string, how: Partial<SignedInStaff>): Ctx {
    return this.app.asStaff(id, how)
  }

  now(): number {
    return this.app.clock.now()
  }

  /** A short planned stop tomorrow, which breaks no rule of heating. */
  input(areaNames: readonly string[], over: Partial<SaveDraftInput> = {}): SaveDraftInput {
    return {
      companyId: 'heating',
      kind: 'planned',
      title: '换热站检修停暖',
      words: '换热站检修，期间停暖，请您提前做好准备。',
      reasonWords: '换热站检修',
      phone: '96123',
      startsAt: this.now() + 24 * HOUR_MS,
      endsAt: this.now() + 30 * HOUR_MS,
      cutsSupply: true,
      audience: { areaIds: areaNames.map((name) => this.town.area(name).id), accountNos: [] },
      ...over,
    }
  }

  async draft(areaNames: readonly string[], over: Partial<SaveDraftInput> = {}): Promise<NoticeDeskRow> {
    return (await saveDraft(this.lin, this.input(areaNames, over))).notice
  }

  async counted(of: Pick<NoticeDeskRow, 'id' | 'revision'>, by: Ctx = this.lin): Promise<PreviewView> {
    return (await previewNotice(by, { noticeId: of.id, revision: of.revision })).preview
  }

  async submitted(
    draft: Pick<NoticeDeskRow, 'id' | 'revision'>,
    over: { leadReason?: string; publishAt?: number } = {},
  ): Promise<NoticeDeskRow> {
    const { residents } = await this.counted(draft)
    const asked = { noticeId: draft.id, revision: draft.revision, expectedResidents: residents, ...over }
    return (await submitNotice(this.lin, asked)).notice
  }

  /** A notice that residents see, with its fan-out promised and not yet begun. */
  async live(areaNames: readonly string[], over: Partial<SaveDraftInput> = {}): Promise<NoticeDeskRow> {
    return this.submitted(await this.draft(areaNames, over))
  }

  async row(noticeId: string): Promise<NoticeRow> {
    const row = await findNotice(this.app.ctx().db.reader, noticeId)
    if (!row) throw new Error(`there is no notice ${noticeId}`)
    return row
  }

  async versions(noticeId: string): Promise<VersionRow[]> {
    return versionsOf(this.app.ctx().db.reader, [noticeId])
  }

  /** Who has a message of this version, in whatever state. */
  async told(
    noticeId: string,
    version: number,
  ): Promise<{ residentId: string; state: string; dueAt: number }[]> {
    return this.app
      .ctx()
      .db.reader.query('SELECT residentId, state, dueAt FROM message WHERE reason = ? ORDER BY residentId', [
        `notice:${noticeId}:${version}`,
      ])
  }

  homesUnder(...names: string[]): string[] {
    return this.town.addresses.filter((address) => names.some((name) => address.startsWith(name)))
  }

  /** Everybody who lives below these places, once. */
  peopleUnder(...names: string[]): string[] {
    return [...new Set(this.homesUnder(...names).flatMap((address) => this.town.residents(address)))].sort()
  }

  close(): Promise<void> {
    return this.app.close()
  }
}
