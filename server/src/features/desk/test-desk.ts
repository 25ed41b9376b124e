import type { SignedInStaff } from '../../core/context'
import type { Platforms } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { type NewRequest } from '../requests'
import type { RequestRow } from '../requests/entities'
import { RequestDesk } from '../requests/test-request-desk'
import type { TestEngine } from '../../testing/harness'

/** People at work of the tests; nobody needs more of them than an id. */
export const WANG = '01JDWANG0000000000000000AA'
export const LI = '01JDHE000000000000000000BB'

/** Everything that tests of the console's desk need. */
export class TestDesk {
  private constructor(readonly world: RequestDesk) {}

  static async open(
    engine: TestEngine,
    config: { [section: string]: unknown } = {},
    platforms: Partial<Platforms> = {},
  ): Promise<TestDesk> {
    return new TestDesk(await RequestDesk.open(engine, config, platforms))
  }

  /** A dispatcher of everything, unless told otherwise. */
  as(how: Partial<SignedInStaff> & { id?: string } = {}): Ctx {
    return this.world.app.asStaff(how.id ?? WANG, { name: '王晓', roles: ['agent', 'dispatcher'], ...how })
  }

  make(over: Partial<NewRequest> = {}): Promise<RequestRow> {
    return this.world.make(over)
  }

  get clock(): RequestDesk['app']['clock'] {
    return this.world.app.clock
  }

  close(): Promise<void> {
    return this.world.close()
  }
}

/** The code of a rejection and its words, or `done`. */
export async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}
