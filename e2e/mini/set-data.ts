/** Whether there is a function anywhere in it, which no wallet carries over to the view. */
export const holdsFunction = (value: unknown): boolean =>
  typeof value === 'function' ||
  (typeof value === 'object' && value !== null && Object.values(value).some(holdsFunction))

/** `root.cn.[0].v` or `root.cn[0].v`: the paths setData takes. */
export function assignPath(data: Record<string, unknown>, path: string, value: unknown): void {
  const steps = path.replace(/\.?\[(\d+)\]/g, '.$1').split('.')
  let at: Record<string, unknown> = data
  for (const [index, step] of steps.slice(0, -1).entries()) {
    if (at[step] === undefined || at[step] === null) at[step] = /^\d+$/.test(steps[index + 1] ?? '') ? [] : {}
    at = at[step] as Record<string, unknown>
  }
  at[steps.at(-1) ?? ''] = value
}
