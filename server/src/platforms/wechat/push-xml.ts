/**
 * Reads WeChat's XML, `<xml><Name>text</Name>…</xml>`, and nothing else. It knows no document types, no entities
 * but the five of XML, and no processing instructions, so there is nothing that could fetch or multiply. An element with
 * elements in it is kept apart, unread, for `readXmlList`. Null when the text is anything else.
 */
export interface PushXml {
  readonly fields: Readonly<Record<string, string>>
  /** Name → the raw text between the tags of an element that holds elements. */
  readonly nested: Readonly<Record<string, string>>
}

export function readPushXml(text: string): PushXml | null {
  if (/<[!?](?!\[CDATA\[)/.test(text)) return null
  const whole = /^\s*<xml>([\s\S]*)<\/xml>\s*$/.exec(text)?.[1]
  return whole === undefined ? null : readElements(whole)
}

/** The flat fields alone. */
export function readFlatXml(text: string): Readonly<Record<string, string>> | null {
  return readPushXml(text)?.fields ?? null
}

/** As many as one event can name; the platform asks about five templates at a time. */
const ITEMS_MAX = 100

/** The items of `<Wrapper><List>…</List><List>…</List></Wrapper>`, from the wrapper's raw text; null when it is anything else. */
export function readXmlList(raw: string): readonly Readonly<Record<string, string>>[] | null {
  const items: Readonly<Record<string, string>>[] = []
  const item = /\s*<List>([\s\S]*?)<\/List>\s*/y
  let at = 0
  while (at < raw.length) {
    item.lastIndex = at
    const found = item.exec(raw)
    const read = found ? readElements(found[1] ?? '') : null
    if (!found || read === null || items.length === ITEMS_MAX) return null
    items.push(read.fields)
    at += found[0].length
  }
  return items
}

function readElements(whole: string): PushXml | null {
  const fields: Record<string, string> = Object.create(null) as Record<string, string>
  const nested: Record<string, string> = Object.create(null) as Record<string, string>
  const element = /\s*<([A-Za-z_]\w{0,63})>(?:<!\[CDATA\[([\s\S]*?)\]\]>|([^<]*)|([\s\S]*?))<\/\1>\s*/y
  let at = 0
  while (at < whole.length) {
    element.lastIndex = at
    const found = element.exec(whole)
    if (!found) return null
    const [all, name = '', cdata, plain, raw] = found
    if (name in fields || name in nested) return null
    if (cdata !== undefined) fields[name] = cdata
    else if (plain !== undefined) fields[name] = unescape(plain)
    else if (raw !== undefined) nested[name] = raw
    at += all.length
  }
  return { fields, nested }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescape(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '').trim()
}
