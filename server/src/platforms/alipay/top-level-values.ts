/**
 * The exact text of every value of a JSON object, by key. Alipay signs the text as it was sent, escapes and spaces
 * included, so an answer is verified over this and never over something written anew. Null when the text is not
 * one JSON object, or has a key twice (then it would depend on the reader which one counts).
 */
export function topLevelValues(text: string): ReadonlyMap<string, string> | null {
  if (!isObject(text)) return null
  const values = new Map<string, string>()
  // The text is known to be valid JSON, so only strings and nesting need care from here on.
  let at = text.indexOf('{') + 1
  for (;;) {
    at = skipSpace(text, at)
    if (text[at] === '}') return values
    const keyEnd = endOfString(text, at)
    const key: unknown = JSON.parse(text.slice(at, keyEnd))
    const start = skipSpace(text, text.indexOf(':', keyEnd) + 1)
    const end = endOfValue(text, start)
    if (typeof key !== 'string' || values.has(key)) return null
    values.set(key, text.slice(start, end).trimEnd())
    at = text[end] === ',' ? end + 1 : end
  }
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (/\s/.test(text[at] ?? '')) at++
  return at
}

/** `from` is at the opening quote; answers the place after the closing one. */
function endOfString(text: string, from: number): number {
  let at = from + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

/** The place of the comma or brace that ends the value. */
function endOfValue(text: string, from: number): number {
  let depth = 0
  for (let at = from; ; ) {
    const character = text[at]
    if (character === '"') {
      at = endOfString(text, at)
      continue
    }
    if (depth === 0 && (character === ',' || character === '}')) return at
    if (character === '{' || character === '[') depth++
    if (character === '}' || character === ']') depth--
    at++
  }
}
