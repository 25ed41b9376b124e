/** Null for what is no JSON: a page that somebody between put in place of the server's answer. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
