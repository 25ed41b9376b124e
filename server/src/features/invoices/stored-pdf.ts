import type { Readable } from 'node:stream'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { openSealed } from '../files'
import type { InvoiceRow } from './entities'

/** The page of an invoice as it was fetched. Errors: invoice_file_missing, storage_unavailable. */
export function storedPdf(ctx: Ctx, row: InvoiceRow): Promise<Readable> {
  const { fileName, fileBytes, fileSha256, fileCipherSealed } = row
  if (fileName === null || fileBytes === null || fileSha256 === null || fileCipherSealed === null)
    throw new AppError('invoice_file_missing')
  return openSealed(ctx, {
    name: fileName,
    bytes: fileBytes,
    sha256: fileSha256,
    cipherSealed: fileCipherSealed,
  })
}
