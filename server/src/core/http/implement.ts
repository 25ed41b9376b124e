import type { z } from 'zod'
import type { CoreCtx } from '../context'
import type { Operation, Operations } from './operation'

/** Which of the configured limits a route counts against. */
export type LimitClass = 'read' | 'write' | 'order' | 'login'

/** The little of HTTP that a few acts need beside their input. */
export interface Edge {
  /** What the browser calls itself, as it says; only to tell one's own sessions apart. */
  readonly agent?: string
  /** The name that the client gave itself, which it may choose freely; empty where it gave none. */
  readonly device?: string
  cookie(name: string): string | null
  /** Sets an http-only, same-site cookie for the console; null takes it away. */
  setCookie(name: string, value: string | null, maxAgeMs?: number): void
}

export interface Route<C extends CoreCtx> {
  readonly name: string
  readonly operation: Operation
  readonly limit: LimitClass
  /** Set where the edge need not remember repeats: the act keeps the client's id on rows of its own, or only asks. */
  readonly keepsClientId: boolean
  readonly handle: (ctx: C, input: unknown, edge: Edge) => Promise<unknown>
}

export type Implementations<C extends CoreCtx, O extends Operations> = {
  readonly [N in keyof O & string]: {
    readonly limit: LimitClass
    readonly keepsClientId?: true
    readonly handle: (ctx: C, input: z.output<O[N]['input']>, edge: Edge) => Promise<z.input<O[N]['output']>>
  }
}

/** Joins a feature's promises with what keeps them; the compiler sees to it that none is missing. */
export function implementFor<C extends CoreCtx>() {
  return <const O extends Operations>(operations: O, implementations: Implementations<C, O>): Route<C>[] =>
    Object.entries(operations).map(([name, operation]) => {
      const implementation: Implementations<C, O>[string] | undefined = implementations[name]
      if (!implementation) throw new Error(`The operation ${name} has no implementation.`)
      return {
        name,
        operation,
        limit: implementation.limit,
        keepsClientId: implementation.keepsClientId ?? false,
        // The edge has parsed the input with this very operation's schema before it calls this.
        handle: implementation.handle as Route<C>['handle'],
      }
    })
}
