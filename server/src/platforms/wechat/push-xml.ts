/**
 * Reads WeChat's flat XML, `<xml><Name>text</Name>…</xml>`, and nothing else. It knows no document types, no entities
 * but the five of XML, and no processing instructions, so there is nothing that could fetch or multiply. Null when the
 * text is anything else. An element with elements in it is left out: no event that we act on has one.
 */
export function readFlatXml(text: string): Readonly<Record<string, string>> | null {
  if (/<[!?](?!\[CDATA\[)/.test(text)) return null
  const whole = /^\s*<xml>([\s\S]*)<\/xml>\s*$/.exec(text)?.[1]
  if (whole === undefined) return null
  const fields: Record<string, string> = Object.create(null) as Record<string, string>
  const element = /\s*<([A-Za-z_]\w{0,63})>(?:<!\[CDATA\[([\s\S]*?)\]\]>|([^<]*)|([\s\S]*?))<\/\1>\s*/y
  let at = 0
  while (at < whole.length) {
    element.lastIndex = at
    const found = element.exec(whole)
    if (!found) return null
    const [all, name = '', cdata, plain] = found
    if (name in fields) return null
    if (cdata !== undefined) fields[name] = cdata
    else if (plain !== undefined) fields[name] = unescape(plain)
    at += all.length
  }
  return fields
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescape(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '').trim()
}
