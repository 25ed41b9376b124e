import type { Context } from 'koa'
import type { Core, CoreCtx, SignedInResident, SignedInStaff } from '../context'
import type { RawRoute } from '../feature'
import type { Route } from './implement'

/** What the edge is joined from. */
export interface EdgeOptions<C extends CoreCtx> {
  readonly core: Core
  readonly routes: readonly Route<C>[]
  readonly rawRoutes: readonly RawRoute<C>[]
  readonly contextFor: (who: Who) => C
  readonly authenticate: (ctx: C, token: string) => Promise<SignedInResident | null>
  readonly staff: StaffDoor<C>
  /** Whatever is neither API nor callback: pages, documents, health. Answers false when it is not its own. */
  readonly pages: (koa: Context) => boolean | Promise<boolean>
  /** CSP sources of scripts inside our own pages. */
  readonly inlineScripts: readonly string[]
}

/** Who makes a request, as far as the edge could tell. */
export interface Who {
  readonly requestId: string
  readonly ip: string
  readonly resident: SignedInResident | null
  readonly staff: SignedInStaff | null
}

/** What the edge must be told about people at work. */
export interface StaffDoor<C extends CoreCtx> {
  /** The staff member behind the console's cookie, or null; what comes in the `background` keeps nobody signed in. */
  authenticate(ctx: C, token: string, background: boolean): Promise<SignedInStaff | null>
  /** The field worker whose wallet this is, or null. */
  worker(ctx: C, resident: SignedInResident): Promise<SignedInStaff | null>
  /** What the permission table says of this operation; one that it does not name is nobody's. */
  may(operation: string, staff: SignedInStaff): boolean
}
