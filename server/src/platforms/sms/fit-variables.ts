/** Providers take one to this many characters for a variable, on one line. */
const VARIABLE_MAX = 35

/** All variables cut to fit, or the first that has nothing to say. */
export function fitVariables(
  fields: Readonly<Record<string, string>>,
): { readonly fields: Record<string, string> } | { readonly unfit: string } {
  const fitted: Record<string, string> = {}
  for (const [name, text] of Object.entries(fields)) {
    const value = cut(text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim())
    if (value === '') return { unfit: name }
    fitted[name] = value
  }
  return { fields: fitted }
}

/** Counted in UTF-16 units, the stricter reading of "characters", and never through the middle of one. */
function cut(text: string): string {
  if (text.length <= VARIABLE_MAX) return text
  let kept = ''
  for (const character of text) {
    if (kept.length + character.length > VARIABLE_MAX - 1) break
    kept += character
  }
  return `${kept}…`
}
