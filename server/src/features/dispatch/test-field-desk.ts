import { inTransaction } from '../../core/db/database'
import type { Platforms } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import type { TestEngine } from '../../testing/harness'
import type { RequestRow } from '../requests/entities'
import { RequestDesk } from '../requests/test-request-desk'
import type { NewRequest } from '../requests/create-request'
import { assignRequest } from './assign-request'
import type { FieldAction } from './schema'
import { type ActionResult, syncActions } from './sync-actions'

export interface TestWorker {
  readonly id: string
  readonly walletId: string
  readonly name: string
  readonly teamId: string
}

/** Minutes in milliseconds. */
export const MINUTE = 60_000

/** A team with a lead and workers, orders in their hands, and telephones that send what was done. */
export class FieldDesk {
  #actions = 0

  private constructor(
    readonly desk: RequestDesk,
    readonly teamId: string,
    readonly lead: TestWorker,
  ) {}

  static async open(
    engine: TestEngine,
    config: { [section: string]: unknown } = {},
    platforms: Partial<Platforms> = {},
  ): Promise<FieldDesk> {
    const desk = await RequestDesk.open(engine, config, platforms)
    const teamId = await desk.team(null)
    const lead = await desk.worker(['worker'], { teamId, name: '李班长' })
    await desk.change('UPDATE staff_team SET leadId = ? WHERE id = ?', [lead.id, teamId])
    return new FieldDesk(desk, teamId, { ...lead, name: '李班长', teamId })
  }

  async worker(
    name = '孙建国',
    over: { skills?: string[]; presence?: string; areaIds?: string[]; teamId?: string } = {},
  ): Promise<TestWorker> {
    const teamId = over.teamId ?? this.teamId
    const made = await this.desk.worker(['worker'], { teamId, name })
    await this.desk.change('UPDATE staff_account SET skills = ?, presence = ?, areaIds = ? WHERE id = ?', [
      JSON.stringify(over.skills ?? []),
      over.presence ?? 'online',
      over.areaIds ? JSON.stringify(over.areaIds) : null,
      made.id,
    ])
    return { ...made, name, teamId }
  }

  /** As a worker's telephone has it: their wallet's session with the staff account beside it. */
  as(worker: TestWorker): Ctx {
    return this.desk.app.asStaff(worker.id, {
      roles: ['worker'],
      name: worker.name,
      teamId: worker.teamId,
    })
  }

  dispatcher(): Ctx {
    return this.desk.app.asStaff('01JDD1SPATCHER0000000000AA', { roles: ['dispatcher'], name: '赵调度' })
  }

  /** An accepted request that is offered to a worker, or to the team's pool. */
  async offered(to: TestWorker | null, over: Partial<NewRequest> = {}): Promise<RequestRow> {
    const made = await this.desk.make(over)
    const request = await this.desk.move(made, 'accept')
    await assignRequest(this.dispatcher(), {
      requestId: request.id,
      version: request.version,
      teamId: this.teamId,
      staffId: to?.id ?? null,
    })
    return this.desk.request(request.id)
  }

  /** One that the worker has taken. */
  async taken(worker: TestWorker, over: Partial<NewRequest> = {}): Promise<RequestRow> {
    const request = await this.offered(worker, over)
    await this.must(worker, request.id, { kind: 'take' })
    return this.desk.request(request.id)
  }

  /** One action as a telephone keeps it, done at this very moment unless told otherwise. */
  action(requestId: string, action: FieldAction, at = this.desk.app.clock.now()) {
    this.#actions += 1
    return { actionId: `action-${String(this.#actions).padStart(12, '0')}`, requestId, at, action }
  }

  async send(
    worker: TestWorker,
    actions: readonly ReturnType<FieldDesk['action']>[],
  ): Promise<ActionResult[]> {
    const { results } = await syncActions(this.as(worker), { actions })
    return results
  }

  /** Does it now and fails loudly when it is refused. */
  async must(worker: TestWorker, requestId: string, action: FieldAction, at?: number): Promise<void> {
    const [result] = await this.send(worker, [this.action(requestId, action, at)])
    if (result?.outcome !== 'done') throw new Error(`${action.kind}: ${result?.outcome} ${result?.why}`)
  }

  /** Does it now and answers the outcome with its words. */
  async tries(worker: TestWorker, requestId: string, action: FieldAction): Promise<string> {
    const [result] = await this.send(worker, [this.action(requestId, action)])
    return result?.why ?? result?.outcome ?? ''
  }

  photo(worker: TestWorker): Promise<string> {
    return this.desk.file(worker.id, 'image', 'staff')
  }

  async change(sql: string, params: (string | number | null)[]): Promise<void> {
    await inTransaction(this.desk.app.ctx(), (tx) => tx.execute(sql, params))
  }

  close(): Promise<void> {
    return this.desk.close()
  }
}

/** The code of a rejection, or `done`. */
export async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}
