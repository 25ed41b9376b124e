import type { Context } from 'koa'
import type { CoreCtx } from './context'
import type { Table } from './db/tables'
import type { Route } from './http/implement'
import type { SocketRoute } from './http/sockets'
import type { AnyJob, Pump, Schedule } from './jobs/define'

/** A route outside `/api`: a platform's callback with its raw body, or a page that redirects. */
export interface RawRoute<C extends CoreCtx> {
  readonly name: string
  readonly method: 'GET' | 'POST'
  /** In the syntax of path-to-regexp 8. */
  readonly path: string
  /**
   * `callback`: raw bytes up to the configured cap, never limited. `page`: a browser, limited by address. `person`:
   * somebody signed in, resident or staff, limited by address; what they send is at most `bodyLimitBytes`.
   */
  readonly kind: 'callback' | 'page' | 'person'
  /** For `person` routes that take bytes; the configured cap of callbacks otherwise. */
  readonly bodyLimitBytes?: number
  /** Asked by a page itself while nobody is there, so it keeps nobody signed in: streams that connect again. */
  readonly background?: true
  readonly handle: (koa: Context, ctx: C, rawBody: Buffer) => Promise<void>
}

/** One feature, whole: what it stores, answers, promises and repeats. Nothing is found by scanning. */
export interface Feature<C extends CoreCtx> {
  readonly name: string
  readonly tables: readonly Table<unknown>[]
  readonly routes: readonly Route<C>[]
  readonly rawRoutes?: readonly RawRoute<C>[]
  readonly sockets?: readonly SocketRoute<C>[]
  readonly jobs?: readonly AnyJob<C>[]
  readonly schedules?: readonly Schedule<C>[]
  readonly pumps?: readonly Pump<C>[]
}
