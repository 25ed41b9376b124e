/**
 * Every write of a person carries an id that says which intended act it is. The same operation with the same input
 * keeps its id until the server has said yes or no, so that a repeat after a lost answer happens once.
 */
export interface ActIds {
  idFor(name: string, input: object): string
  answered(name: string, input: object): void
}

/** An act without an answer is forgotten after this long: the same words later are a new wish. */
const keptForMs = 10 * 60_000

export function createActIds(nowMs: () => number, newId: () => string): ActIds {
  const open = new Map<string, { id: string; at: number }>()
  const keyOf = (name: string, input: object): string => `${name}\n${JSON.stringify(input)}`
  return {
    idFor(name, input) {
      for (const [key, act] of open) if (nowMs() - act.at > keptForMs) open.delete(key)
      const key = keyOf(name, input)
      const before = open.get(key)
      if (before) return before.id
      const id = newId()
      open.set(key, { id, at: nowMs() })
      return id
    },
    answered(name, input) {
      open.delete(keyOf(name, input))
    },
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** 32 characters; unique among one person's acts is all that is asked of it. */
export function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return Array.from(bytes, (byte) => alphabet[byte & 63] ?? '-').join('')
}
