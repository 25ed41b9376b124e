import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '../../core/config/load'
import { AppError } from '../../core/errors'
import type { RawRoute } from '../../platforms/feature'
import { PHOTOS_PATH } from './grid-manager'

const FOLDER = join(projectRoot(), 'config/photos')
const DAY_SECONDS = 86_400

/** The photos of those who are responsible for a place: only what the configuration names. Errors: not_found. */
export const photoRoute: RawRoute = {
  name: 'households.photo',
  method: 'GET',
  path: `${PHOTOS_PATH}/:file`,
  kind: 'page',
  handle: async (koa, ctx) => {
    const { file } = koa['params'] as { file?: unknown }
    const named = ctx.config.gridManagers.find(({ photo }) => photo !== null && photo === file)?.photo
    if (!named) throw new AppError('not_found', { detail: 'no such photo' })
    // A file that the configuration names and nobody put there is a card without a photo.
    koa.body = await readFile(join(FOLDER, named)).catch(() => {
      throw new AppError('not_found', { detail: `config/photos/${named} is missing` })
    })
    koa.type = named.endsWith('.png') ? 'image/png' : 'image/jpeg'
    koa.set('X-Content-Type-Options', 'nosniff')
    koa.set('Cache-Control', `public, max-age=${DAY_SECONDS}`)
  },
}
