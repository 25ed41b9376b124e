/** A column that a person may show or hide; `always` ones open the row or say what it is. */
export interface Choosable {
  readonly key: string
  readonly always?: boolean
  /** Hidden until somebody chooses it. */
  readonly extra?: boolean
}

/**
 * What is remembered is how somebody's choice differs from the usual: `-phone,+team`. So a column that is new, or that
 * only some lists have, is neither hidden nor forgotten by a choice that was made without it.
 */
function differences(remembered: string | null): ReadonlyMap<string, boolean> {
  const signs = (remembered ?? '').split(',').filter((one) => /^[+-]./.test(one))
  return new Map(signs.map((one) => [one.slice(1), one.startsWith('+')]))
}

/** The columns to show, in the table's order. */
export function shownOf<C extends Choosable>(all: readonly C[], remembered: string | null): readonly C[] {
  const differs = differences(remembered)
  return all.filter(({ key, always, extra }) => always || (differs.get(key) ?? !extra))
}

/** What to remember once exactly these are wanted of those that there are now. */
export function rememberedOf(
  all: readonly Choosable[],
  wanted: readonly string[],
  before: string | null,
): string {
  const next = new Map(differences(before))
  for (const { key, always, extra } of all) {
    const on = wanted.includes(key)
    if (always || on === !extra) next.delete(key)
    else next.set(key, on)
  }
  return [...next].map(([key, on]) => `${on ? '+' : '-'}${key}`).join(',')
}
