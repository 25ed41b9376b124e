import { newClientId } from '../api/act-ids'
import { read, sendPart, write } from '../api/client'
import { ApiError, isUnsure, messageOf } from '../api/errors'
import { upload as platform } from '../platform/upload'
import type { UploadPorts } from './queue'

/** What may pass by itself: a crowded server, and a part that came out of order. */
const passing = ['rate_limited', 'upload_gap', 'upload_incomplete']

/** The real server and the real phone. */
export const uploadPorts: UploadPorts = {
  begin: ({ clientId, kind, bytes }) => write('files.begin', { clientId, kind, bytes }),
  part: sendPart,
  finish: ({ clientId }, fileId) => write('files.finish', { clientId: `${clientId}-end`, fileId }),
  ask: (fileId) => read('files.state', { fileId }),
  slice: platform.slice,
  judge: (error) => {
    if (isUnsure(error)) return 'lost'
    if (!(error instanceof ApiError)) return 'lost'
    if (error.code === 'not_found') return 'gone'
    return passing.includes(error.code) ? 'lost' : { refused: messageOf(error) }
  },
  newClientId,
  rest: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}
