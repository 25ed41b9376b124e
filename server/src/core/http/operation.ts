import type { z } from 'zod'

/**
 * What one API operation promises. An operation named `bills.list` is served at `/api/bills.list`: reads are
 * GET with the input in the query string, writes are POST with a JSON body. There is no other route table, so
 * the name a client writes is the name to grep for in the server.
 */
export interface Operation {
  readonly method: 'GET' | 'POST'
  readonly summary: string
  /** Who may call it: anyone at all, or a resident with a session. */
  readonly auth: 'public' | 'resident'
  readonly input: z.ZodType
  readonly output: z.ZodType
}

export type Operations = Readonly<Record<string, Operation>>
