import { Readable } from 'node:stream'
import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3'
import { AppError } from '../../core/errors'
import type { StorageConfig } from '../config'
import type { FileStorage } from '../file-storage'
import { checkedKey } from './object-key'

type S3Config = Extract<StorageConfig, { kind: 's3' }>
type Sdk = typeof import('@aws-sdk/client-s3')

/**
 * Any store that speaks S3. The SDK is large, so it is loaded with the first file. The signature covers the SHA-256
 * of the body: what arrives otherwise is refused by the store itself.
 */
export function createS3Storage(config: S3Config): FileStorage {
  let opened: Promise<{ sdk: Sdk; client: S3Client }> | undefined
  const open = (): Promise<{ sdk: Sdk; client: S3Client }> => {
    opened ??= import('@aws-sdk/client-s3').then((sdk) => ({
      sdk,
      client: new sdk.S3Client(clientConfig(config)),
    }))
    return opened
  }
  const place = (key: string) => ({ Bucket: config.bucket, Key: checkedKey(key) })
  return {
    async put(key, source, facts) {
      const { sdk, client } = await open()
      const command = new sdk.PutObjectCommand({
        ...place(key),
        Body: source,
        ContentLength: facts.bytes,
        ContentType: 'application/octet-stream',
      })
      command.middlewareStack.add(
        (next) => (args) => {
          const { request } = args as { request?: { headers?: Record<string, string> } }
          if (request?.headers) request.headers['x-amz-content-sha256'] = facts.sha256
          return next(args)
        },
        { step: 'build', priority: 'low', name: 'yihuBodyHash' },
      )
      await told(() => client.send(command))
    },
    async get(key, range) {
      const at = { ...place(key), ...(range ? { Range: `bytes=${range.start}-${range.end}` } : {}) }
      const { sdk, client } = await open()
      const answer = await told(() => client.send(new sdk.GetObjectCommand(at)))
      if (!(answer.Body instanceof Readable))
        throw new AppError('storage_unavailable', { detail: 's3: an answer without a body' })
      return answer.Body
    },
    async delete(key) {
      const at = place(key)
      const { sdk, client } = await open()
      await told(() => client.send(new sdk.DeleteObjectCommand(at)))
    },
  }
}

function clientConfig(config: S3Config): S3ClientConfig {
  return {
    endpoint: config.endpoint,
    region: config.region,
    forcePathStyle: config.pathStyle,
    credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
    // Checksums of the SDK's own travel in a way of packing that many stores do not know; ours is in the signature.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 2,
    // What fails is thrown to us and told in our own log; the SDK would write to the console besides.
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    requestHandler: { connectionTimeout: 2000, requestTimeout: 10_000 },
  }
}

const quiet = (): void => undefined

async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    if (name === 'NoSuchKey' || name === 'NotFound') throw new AppError('not_found', { cause: error })
    if (/Quota|StorageFull/i.test(name))
      throw new AppError('storage_full', { detail: `s3: ${name}`, cause: error })
    throw new AppError('storage_unavailable', { detail: `s3: ${name}`, cause: error })
  }
}
