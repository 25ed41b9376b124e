import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A store that speaks as much of S3 as files need, over real HTTP. It checks every signature by the published rules of
 * Signature Version 4, written here from the rules with node:crypto alone, and the body against the hash that was
 * signed: what the client signs wrongly is refused as the real one would.
 */
export interface S3Double {
  readonly endpoint: string
  readonly objects: Map<string, Buffer>
  /** Status and code that the next request gets instead. */
  failNext(status: number, code: string): void
  readonly refusals: string[]
  close(): Promise<void>
}

export const S3_ACCOUNT = {
  accessKeyId: 'YIHUTESTKEY',
  secretAccessKey: 'a-secret-for-tests-only',
  region: 'cn-test',
}

export async function startS3(): Promise<S3Double> {
  const objects = new Map<string, Buffer>()
  const refusals: string[] = []
  let planned: { status: number; code: string } | null = null
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const fault = planned ?? judge(request, body)
      planned = null
      if (fault) {
        refusals.push(fault.code)
        return refuse(response, fault)
      }
      answer(objects, request, response, body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    refusals,
    failNext: (status, code) => {
      planned = { status, code }
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface Fault {
  readonly status: number
  readonly code: string
}

function refuse(response: ServerResponse, { status, code }: Fault): void {
  response.writeHead(status, { 'content-type': 'application/xml' })
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`)
}

function answer(
  objects: Map<string, Buffer>,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): void {
  const key = new URL(request.url ?? '/', 'http://x').pathname
  if (request.method === 'PUT') {
    objects.set(key, body)
    response.writeHead(200, { etag: `"${createHash('md5').update(body).digest('hex')}"` }).end()
    return
  }
  if (request.method === 'DELETE') {
    objects.delete(key)
    response.writeHead(204).end()
    return
  }
  const object = objects.get(key)
  if (!object) return refuse(response, { status: 404, code: 'NoSuchKey' })
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers['range'] ?? '') ?? []
  const part = from === undefined ? object : object.subarray(Number(from), Number(to) + 1)
  response.writeHead(from === undefined ? 200 : 206, { 'content-length': part.length }).end(part)
}

const sha256 = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex')
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest()
const header = (request: IncomingMessage, name: string): string => String(request.headers[name] ?? '')

/** Null when the request is signed by our account, for this very method, path, query, headers and body. */
function judge(request: IncomingMessage, body: Buffer): Fault | null {
  const given =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/.exec(
      header(request, 'authorization'),
    )
  if (!given) return { status: 403, code: 'AccessDenied' }
  const [, accessKeyId = '', day = '', region = '', signedHeaders = '', signature = ''] = given
  if (accessKeyId !== S3_ACCOUNT.accessKeyId || region !== S3_ACCOUNT.region)
    return { status: 403, code: 'InvalidAccessKeyId' }
  const told = header(request, 'x-amz-content-sha256')
  if (told !== sha256(body)) return { status: 400, code: 'XAmzContentSHA256Mismatch' }
  const names = signedHeaders.split(';')
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => names.includes(name)))
    return { status: 403, code: 'AccessDenied' }
  const url = new URL(request.url ?? '/', 'http://x')
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join('&')
  const canonical = [
    request.method,
    url.pathname,
    query,
    ...names.map((name) => `${name}:${header(request, name).trim().replace(/\s+/g, ' ')}`),
    '',
    signedHeaders,
    told,
  ].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', header(request, 'x-amz-date'), scope, sha256(canonical)].join('\n')
  const dayKey = hmac(`AWS4${S3_ACCOUNT.secretAccessKey}`, day)
  const key = hmac(hmac(hmac(dayKey, region), 's3'), 'aws4_request')
  const wanted = hmac(key, text).toString('hex')
  return wanted === signature ? null : { status: 403, code: 'SignatureDoesNotMatch' }
}
