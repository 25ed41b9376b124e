/** How a promise stands, in a tone and in words: colour never says it alone. */
export interface Standing {
  readonly tone: 'ok' | 'warn' | 'bad' | 'quiet'
  readonly kind: 'left' | 'late' | 'paused' | 'met' | 'missed' | 'none'
  /** Milliseconds left or gone over; 0 where nothing is counted. */
  readonly ms: number
}

export interface Counted {
  readonly state: string
  readonly dueAt: number | null
  readonly warnAt: number | null
  /** When it was met after all; a list does not know it. */
  readonly metAt?: number | null
}

export function standingOf(clock: Counted | null, nowMs: number): Standing {
  if (clock === null || clock.state === 'void') return { tone: 'quiet', kind: 'none', ms: 0 }
  if (clock.state === 'met') return { tone: 'ok', kind: 'met', ms: 0 }
  if (clock.state === 'paused') return { tone: 'quiet', kind: 'paused', ms: 0 }
  // A missed promise goes on counting until it is made good: an hour late and a day late are not the same.
  const over = clock.dueAt === null || (clock.metAt ?? null) !== null
  if (clock.state === 'missed' && over) return { tone: 'bad', kind: 'missed', ms: 0 }
  if (clock.dueAt === null) return { tone: 'quiet', kind: 'none', ms: 0 }
  const left = clock.dueAt - nowMs
  if (left <= 0) return { tone: 'bad', kind: 'late', ms: Math.abs(left) }
  const warned = clock.warnAt !== null && nowMs >= clock.warnAt
  return { tone: warned ? 'warn' : 'ok', kind: 'left', ms: left }
}

/** `02:05` under an hour (minutes and seconds), `3:20:00` under a day, then days and hours. */
export function spanOf(ms: number): { days: number; hours: number; text: string } {
  const seconds = Math.floor(ms / 1000)
  const two = (value: number): string => String(value).padStart(2, '0')
  const days = Math.floor(seconds / 86_400)
  const hours = Math.floor((seconds % 86_400) / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  const rest = `${two(minutes)}:${two(seconds % 60)}`
  return { days, hours, text: days > 0 ? '' : hours > 0 ? `${hours}:${rest}` : rest }
}
