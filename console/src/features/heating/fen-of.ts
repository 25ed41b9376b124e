/** 3073.60 → 307360, by digits and not by floats; null for anything else. */
export function fenOf(text: string): number | null {
  const [, whole, fraction = ''] = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text.trim()) ?? []
  return whole === undefined ? null : Number(whole) * 100 + Number(fraction.padEnd(2, '0'))
}
