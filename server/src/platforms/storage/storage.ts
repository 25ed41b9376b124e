import { resolve } from 'node:path'
import { projectRoot } from '../../core/config/load'
import type { StorageConfig } from '../config'
import type { FileStorage } from '../file-storage'
import { createDiskStorage } from './disk-storage'
import { createS3Storage } from './s3-storage'

/** The place that the configuration names. */
export function createStorage(config: StorageConfig): FileStorage {
  return config.kind === 'disk'
    ? createDiskStorage(resolve(projectRoot(), config.directory))
    : createS3Storage(config)
}
