import { implement } from '../../platforms/feature'
import { publishMenu } from './publish-menu'
import { readMenu } from './read-menu'
import { officialOperations } from './schema'
import { signPage } from './sign-page'

export const officialRoutes = implement(officialOperations, {
  'official.signPage': { limit: 'read', handle: (ctx, input) => signPage(ctx, input.url) },
  'official.menu': { limit: 'read', handle: (ctx) => readMenu(ctx) },
  'official.publishMenu': { limit: 'write', handle: (ctx) => publishMenu(ctx) },
})
