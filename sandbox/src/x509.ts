import { type KeyObject, sign } from 'node:crypto'

/** The parts of a distinguished name, in the order in which they are written. */
export type DistinguishedName = ['C' | 'O' | 'OU' | 'CN' | 'L' | 'ST', string][]

const NAME_OIDS = {
  CN: '2.5.4.3',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  O: '2.5.4.10',
  OU: '2.5.4.11',
} as const
const SHA256_WITH_RSA = '1.2.840.113549.1.1.11'
const BASIC_CONSTRAINTS = '2.5.29.19'
const KEY_USAGE = '2.5.29.15'

function tlv(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  if (body.length < 128) return Buffer.concat([Buffer.from([tag, body.length]), body])
  const length = Buffer.from(
    body.length.toString(16).padStart(body.length > 0xffff ? 6 : body.length > 0xff ? 4 : 2, '0'),
    'hex',
  )
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body])
}

const sequence = (...parts: Buffer[]): Buffer => tlv(0x30, ...parts)

function integer(hex: string): Buffer {
  const even = hex.length % 2 ? `0${hex}` : hex
  const bytes = Buffer.from(even.replace(/^(00)+(?=..)/, ''), 'hex')
  // A leading 1 bit would read as a negative number, so such a value gets a zero byte in front.
  return tlv(0x02, (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes)
}

function base128(value: number): number[] {
  const digits = [value & 0x7f]
  for (let rest = value >> 7; rest > 0; rest >>= 7) digits.unshift((rest & 0x7f) | 0x80)
  return digits
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return tlv(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

function name(parts: DistinguishedName): Buffer {
  return sequence(
    ...parts.map(([key, value]) => tlv(0x31, sequence(oid(NAME_OIDS[key]), tlv(0x0c, Buffer.from(value))))),
  )
}

function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/[-:T]/g, '').slice(0, 14)
  // RFC 5280: UTCTime through 2049, GeneralizedTime from 2050 on.
  return Number(digits.slice(0, 4)) < 2050
    ? tlv(0x17, Buffer.from(`${digits.slice(2)}Z`))
    : tlv(0x18, Buffer.from(`${digits}Z`))
}

function extensions(isAuthority: boolean): Buffer {
  const yes = tlv(0x01, Buffer.from([0xff]))
  const constraints = isAuthority ? sequence(yes) : sequence()
  const usage = tlv(0x03, isAuthority ? Buffer.from([1, 0x06]) : Buffer.from([6, 0xc0]))
  return tlv(
    0xa3,
    sequence(
      sequence(oid(BASIC_CONSTRAINTS), yes, tlv(0x04, constraints)),
      sequence(oid(KEY_USAGE), yes, tlv(0x04, usage)),
    ),
  )
}

/** What a certificate says, and the key that signs it. Serial in hexadecimal, times in epoch milliseconds. */
export interface CertificateRequest {
  subject: DistinguishedName
  issuer: DistinguishedName
  serialHex: string
  notBeforeMs: number
  notAfterMs: number
  publicKey: KeyObject
  signingKey: KeyObject
  isAuthority: boolean
}

/** An X.509 v3 certificate (RFC 5280) signed with SHA-256 and RSA, as PEM. */
export function createCertificate(request: CertificateRequest): string {
  const algorithm = sequence(oid(SHA256_WITH_RSA), tlv(0x05))
  const body = sequence(
    tlv(0xa0, integer('02')),
    integer(request.serialHex),
    algorithm,
    name(request.issuer),
    sequence(time(request.notBeforeMs), time(request.notAfterMs)),
    name(request.subject),
    request.publicKey.export({ type: 'spki', format: 'der' }),
    extensions(request.isAuthority),
  )
  const signature = sign('sha256', body, request.signingKey)
  const der = sequence(body, algorithm, tlv(0x03, Buffer.from([0]), signature))
  const lines = der.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}
