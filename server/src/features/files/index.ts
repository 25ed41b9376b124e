import type { Feature } from '../../platforms/feature'
import { fileTable, pushSeenTable } from './entities'
import { askCheckJob } from './check-job'
import { sweepFilesOften } from './jobs'
import { filesRoutes } from './routes'
import { uploadRoutes } from './upload-routes'

export { checkText } from './check-text'
export { claimFiles } from './claim-files'
export { deliverFile } from './deliver-file'
export { expireFiles, type KeepRule } from './expire-files'
export type { FileRow } from './entities'
export { filesByIds } from './files-by-ids'
export { keepReceived } from './keep-received'
export { pictureBytes } from './picture-bytes'
export { presentFile } from './present'
export { receivePush } from './receive-push'
export type { FileView } from './schema'
export { discardSealed, keepSealed, openSealed, type SealedFile, sealedPath } from './sealed-file'
export { filesPersonal } from './personal'

export const filesFeature: Feature = {
  name: 'files',
  tables: [fileTable, pushSeenTable],
  routes: filesRoutes,
  rawRoutes: uploadRoutes,
  jobs: [askCheckJob],
  schedules: [sweepFilesOften],
}
