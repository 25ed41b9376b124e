import { implement } from '../../platforms/feature'
import { endBack } from './end-back'
import { getCall } from './get-call'
import { linkRequest } from './link-request'
import { listCalls } from './list-calls'
import { readMine } from './read-mine'
import { callsOperations } from './schema'
import { setExtension } from './set-extension'
import { takeBack } from './take-back'

export const callsRoutes = implement(callsOperations, {
  'calls.mine': { limit: 'read', handle: (ctx) => readMine(ctx) },
  'calls.setExtension': { limit: 'write', handle: setExtension },
  'calls.get': { limit: 'read', handle: getCall },
  'calls.list': { limit: 'read', handle: listCalls },
  'calls.takeBack': { limit: 'write', handle: takeBack },
  'calls.endBack': { limit: 'write', handle: endBack },
  'calls.linkRequest': { limit: 'write', handle: linkRequest },
})
