import type { z } from 'zod'

/**
 * What one API operation promises. An operation named `bills.list` is served at `/api/bills.list`: reads are
 * GET with the input in the query string, writes are POST with a JSON body. There is no other route table, so
 * the name a client writes is the name to grep for in the server.
 */
export interface Operation {
  readonly method: 'GET' | 'POST'
  readonly summary: string
  /**
   * Who may call it: anyone at all; a resident with a session; staff signed in to the console; a field worker, who
   * is a resident's session bound to a staff account; or whoever of these is signed in (`person`). For `staff` and
   * `worker` the permission table says which roles.
   */
  readonly auth: 'public' | 'resident' | 'staff' | 'worker' | 'person'
  /** Set on what a guest may do: a browser that came by a household's code and is known by nothing else. */
  readonly guests?: true
  /** Set on what leads into the console before anybody is signed in: it has the console's limits of address. */
  readonly consoleOnly?: true
  /**
   * Set on a write that a client sends by itself every few seconds, such as a worker's place on the way: it is no act
   * of a person, and a row for each would bury the acts.
   */
  readonly isPulse?: true
  /** Names of input fields that the audit keeps of a staff act: ids and reasons, never personal data. */
  readonly audits?: readonly string[]
  /** Where a body may be longer than others, such as a list of account numbers; asked only of who may call it. */
  readonly bodyLimitBytes?: number
  readonly input: z.ZodType
  readonly output: z.ZodType
}

export type Operations = Readonly<Record<string, Operation>>
