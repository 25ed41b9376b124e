import { createHash, X509Certificate } from 'node:crypto'

const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g
/** 1.2.840.113549.1.1, the arc of every RSA signature algorithm, in DER. */
const RSA_ARC = Buffer.from('2a864886f70d0101', 'hex')

interface Element {
  tag: number
  start: number
  end: number
}

function elementAt(der: Buffer, offset: number): Element {
  const tag = der[offset] ?? 0
  const first = der[offset + 1] ?? 0
  if (first < 0x80) return { tag, start: offset + 2, end: offset + 2 + first }
  const lengthBytes = first & 0x7f
  const length = der.readUIntBE(offset + 2, lengthBytes)
  return { tag, start: offset + 2 + lengthBytes, end: offset + 2 + lengthBytes + length }
}

/** The signature algorithm stands after the signed part: SEQUENCE { signed part, SEQUENCE { OID }, signature }. */
function hasRsaSignature(der: Buffer): boolean {
  const signedPart = elementAt(der, elementAt(der, 0).start)
  const oid = elementAt(der, elementAt(der, signedPart.end).start)
  return der.subarray(oid.start, oid.end).subarray(0, RSA_ARC.length).equals(RSA_ARC)
}

function pemBlocks(pem: string): string[] {
  return pem.match(PEM_BLOCK) ?? []
}

function toDer(block: string): Buffer {
  return Buffer.from(block.replace(/-----[^-]+-----/g, '').replace(/\s+/g, ''), 'base64')
}

/** md5 of the issuer text followed by the serial in decimal, without a separator (alipay.md 1.3). */
export function serialHash(issuer: string, serialHex: string): string {
  return createHash('md5')
    .update(`${issuer}${BigInt(`0x${serialHex}`)}`, 'utf8')
    .digest('hex')
}

function blockSn(block: string): string {
  const certificate = new X509Certificate(block)
  const issuer = certificate.issuer
    .split('\n')
    .toReversed()
    .map((part) => part.replace(/\\(.)/g, '$1'))
    .join(',')
  return serialHash(issuer, certificate.serialNumber)
}

/** `app_cert_sn` or `alipay_cert_sn` of one certificate; of a chain, its first certificate. */
export function certificateSn(pem: string): string {
  const [first] = pemBlocks(pem)
  if (first === undefined) throw new Error('no certificate in the PEM text')
  return blockSn(first)
}

/** `alipay_root_cert_sn`: the RSA-signed certificates of the root file, joined by `_`; SM2 and ECC ones are skipped. */
export function rootCertificateSn(pem: string): string {
  return pemBlocks(pem)
    .filter((block) => hasRsaSignature(toDer(block)))
    .map(blockSn)
    .join('_')
}
