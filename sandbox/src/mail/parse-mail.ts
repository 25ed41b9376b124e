/** A mail as a reader shows it. */
export interface ReadMail {
  from: string
  to: string
  subject: string
  messageId: string
  /** The plain text. */
  text: string
  html: string
  attachments: { fileName: string; contentType: string; bytes: number; base64: string }[]
}

interface Part {
  headers: Map<string, string>
  body: Buffer
}

const CRLF = '\r\n'

/** Reads what a sending program made: encoded headers, parts within parts, base64 and quoted-printable in UTF-8. */
export function parseMail(raw: Buffer): ReadMail {
  const whole = split(raw)
  const leaves = leavesOf(whole)
  const bodies = new Map(
    leaves
      .filter((part) => fileNameOf(part) === null)
      .map((part) => [typeOf(part), decoded(part).replaceAll(CRLF, '\n').trimEnd()]),
  )
  const header = (name: string): string => decodedWords(whole.headers.get(name) ?? '')
  return {
    from: header('from'),
    to: header('to'),
    subject: header('subject'),
    messageId: header('message-id'),
    text: bodies.get('text/plain') ?? '',
    html: bodies.get('text/html') ?? '',
    attachments: leaves.flatMap((part) => {
      const fileName = fileNameOf(part)
      if (fileName === null) return []
      const bytes = bytesOf(part)
      return [{ fileName, contentType: typeOf(part), bytes: bytes.length, base64: bytes.toString('base64') }]
    }),
  }
}

/** The parts that have no parts themselves, however deep they lie. */
function leavesOf(whole: Part): Part[] {
  const parts = partsOf(whole)
  return parts.length === 1 && parts[0] === whole ? [whole] : parts.flatMap(leavesOf)
}

/** The name of an attachment, null for what is read in the mail itself. */
function fileNameOf({ headers }: Part): string | null {
  const disposition = headers.get('content-disposition') ?? ''
  if (!/^attachment/i.test(disposition)) return null
  const encoded = /filename\*0?\*?=utf-8''([^;]+)/i.exec(disposition)?.[1]
  if (encoded !== undefined) return decodeURIComponent(encoded)
  return decodedWords(/filename="?([^";]+)"?/i.exec(disposition)?.[1] ?? '')
}

function bytesOf({ headers, body }: Part): Buffer {
  const encoding = (headers.get('content-transfer-encoding') ?? '').toLowerCase()
  return encoding === 'base64' ? Buffer.from(body.toString('latin1'), 'base64') : body
}

function split(raw: Buffer): Part {
  const end = raw.indexOf(CRLF + CRLF)
  const head = raw.subarray(0, end < 0 ? raw.length : end).toString('latin1')
  const headers = new Map<string, string>()
  for (const line of head.replace(/\r\n[ \t]+/g, ' ').split(CRLF)) {
    const at = line.indexOf(':')
    if (at > 0) headers.set(line.slice(0, at).toLowerCase(), line.slice(at + 1).trim())
  }
  return { headers, body: end < 0 ? Buffer.alloc(0) : raw.subarray(end + 4) }
}

function partsOf(whole: Part): Part[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(whole.headers.get('content-type') ?? '')?.[1]
  if (boundary === undefined) return [whole]
  const pieces = whole.body.toString('latin1').split(`--${boundary}`)
  return pieces.slice(1, -1).map((piece) => split(Buffer.from(piece.replace(/^\r\n/, ''), 'latin1')))
}

function typeOf({ headers }: Part): string {
  return (headers.get('content-type') ?? 'text/plain').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

function decoded({ headers, body }: Part): string {
  const encoding = (headers.get('content-transfer-encoding') ?? '').toLowerCase()
  if (encoding === 'base64') return Buffer.from(body.toString('latin1'), 'base64').toString('utf8')
  if (encoding === 'quoted-printable') return unquoted(body.toString('latin1'))
  return body.toString('utf8')
}

function unquoted(text: string): string {
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

/** RFC 2047: words of a header that are not ASCII; two of them that follow each other belong together. */
function decodedWords(header: string): string {
  return header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString('utf8')
        : unquoted(word.replaceAll('_', ' ')),
    )
}
