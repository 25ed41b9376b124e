import { isDone } from '../../core/http/shapes'
import { implement } from '../../platforms/feature'
import { beginFile } from './begin-file'
import { discardFile } from './discard-file'
import { finishFile } from './finish-file'
import { judgeFile } from './judge-file'
import { readFileState } from './read-file-state'
import { filesOperations } from './schema'

export const filesRoutes = implement(filesOperations, {
  // The row keeps the client's id and answers with where it stands now, which a kept first answer could not.
  'files.begin': { limit: 'write', keepsClientId: true, handle: beginFile },
  'files.finish': { limit: 'write', keepsClientId: true, handle: finishFile },
  'files.state': { limit: 'read', handle: readFileState },
  'files.discard': {
    limit: 'write',
    handle: async (ctx, input) => {
      await discardFile(ctx, input)
      return isDone
    },
  },
  'files.judge': {
    limit: 'write',
    handle: async (ctx, input) => {
      await judgeFile(ctx, input)
      return isDone
    },
  },
})
