import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { FileStorage } from '../file-storage'
import { createDiskStorage } from './disk-storage'
import { createS3Storage } from './s3-storage'
import { S3_ACCOUNT, type S3Double, startS3 } from './test-s3'

const KEY = 'image/3f/3f00112233445566778899aabbccddee.jpg'
const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7919) % 256))
const facts = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
const inPieces = (data: Buffer): Readable =>
  Readable.from([data.subarray(0, 1000), data.subarray(1000, 200_000), data.subarray(200_000)])

async function read(source: Promise<Readable>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of await source) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

let root: string
let s3: S3Double
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'yihu-storage-'))
  s3 = await startS3()
})
afterAll(async () => {
  rmSync(root, { recursive: true, force: true })
  await s3.close()
})

const onS3 = (account: object = {}): FileStorage =>
  createS3Storage({
    kind: 's3',
    endpoint: s3.endpoint,
    bucket: 'yihu-files',
    pathStyle: true,
    ...S3_ACCOUNT,
    ...account,
  })

describe.each([
  ['the disk', () => createDiskStorage(root)],
  ['a store that speaks S3', () => onS3()],
] as const)('%s', (_, open) => {
  test('gives back what it was given, whole and in parts', async () => {
    const storage = open()
    await storage.put(KEY, inPieces(bytes), facts)
    expect(await read(storage.get(KEY))).toEqual(bytes)
    expect(await read(storage.get(KEY, { start: 0, end: 0 }))).toEqual(bytes.subarray(0, 1))
    expect(await read(storage.get(KEY, { start: 999, end: 250_000 }))).toEqual(bytes.subarray(999, 250_001))
  })

  test('what is deleted is gone, and deleting it again is no fault', async () => {
    const storage = open()
    await storage.put(KEY, inPieces(bytes), facts)
    await storage.delete(KEY)
    await expect(storage.get(KEY)).rejects.toMatchObject({ code: 'not_found' })
    await expect(storage.delete(KEY)).resolves.toBeUndefined()
  })

  test('bytes that are not what was told are not kept', async () => {
    const storage = open()
    const other = Buffer.concat([bytes.subarray(0, -1), Buffer.from([1])])
    await expect(storage.put(KEY, inPieces(other), facts)).rejects.toMatchObject({
      code: 'storage_unavailable',
    })
    await expect(storage.get(KEY)).rejects.toMatchObject({ code: 'not_found' })
  })

  test.each([
    '../../etc/passwd',
    'image/3f/../../../etc/passwd',
    '/etc/passwd',
    'image/3f/3f00112233445566778899aabbccddee.jpg\0.png',
    'image\\3f\\x.jpg',
    '',
    'IMAGE/3f/3f00112233445566778899aabbccddee.jpg',
  ])('a key that the portal did not make reaches nothing: %j', async (key) => {
    const storage = open()
    const never = 'This is no key of the file storage.'
    await expect(storage.put(key, inPieces(bytes), facts)).rejects.toThrow(never)
    await expect(storage.get(key)).rejects.toThrow(never)
    await expect(storage.delete(key)).rejects.toThrow(never)
  })
})

describe('the disk', () => {
  test('keeps files that only the portal may read and nobody may run', async () => {
    const storage = createDiskStorage(root)
    await storage.put(KEY, inPieces(bytes), facts)
    expect(statSync(join(root, KEY)).mode & 0o777).toBe(0o600)
    expect(statSync(join(root, 'image')).mode & 0o777).toBe(0o700)
  })

  test('an upload that breaks off leaves nothing behind', async () => {
    const storage = createDiskStorage(root)
    const broken = Readable.from(
      (async function* () {
        yield bytes.subarray(0, 1000)
        throw new Error('cut')
      })(),
    )
    const key = 'image/aa/aa00112233445566778899aabbccddee.jpg'
    await expect(storage.put(key, broken, facts)).rejects.toMatchObject({ code: 'storage_unavailable' })
    expect(readdirSync(join(root, 'image/aa'))).toEqual([])
  })

  test('a folder where nothing can be written is told as a fault of the storage', async () => {
    const blocked = join(root, 'blocked')
    writeFileSync(blocked, 'a file, not a folder')
    await expect(createDiskStorage(blocked).put(KEY, inPieces(bytes), facts)).rejects.toMatchObject({
      code: 'storage_unavailable',
    })
  })
})

describe('a store that speaks S3', () => {
  test('keeps the bytes under bucket and key, and sees every request signed', async () => {
    await onS3().put(KEY, inPieces(bytes), facts)
    expect(s3.objects.get(`/yihu-files/${KEY}`)).toEqual(bytes)
    expect(s3.refusals.filter((code) => code.startsWith('Sig') || code === 'AccessDenied')).toEqual([])
  })

  test('refuses a wrong secret, which is told as a fault of the storage', async () => {
    const stranger = onS3({ secretAccessKey: 'another-secret' })
    await expect(stranger.get(KEY)).rejects.toMatchObject({ code: 'storage_unavailable' })
    expect(s3.refusals).toContain('SignatureDoesNotMatch')
  })

  test('a full bucket is told as full, a broken one as away', async () => {
    s3.failNext(403, 'QuotaExceeded')
    await expect(onS3().put(KEY, inPieces(bytes), facts)).rejects.toMatchObject({ code: 'storage_full' })
    s3.failNext(403, 'AllAccessDisabled')
    await expect(onS3().get(KEY)).rejects.toMatchObject({ code: 'storage_unavailable' })
    const gone = onS3({ endpoint: 'http://127.0.0.1:9' })
    await expect(gone.get(KEY)).rejects.toMatchObject({ code: 'storage_unavailable' })
  })
})
