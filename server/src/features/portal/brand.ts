import { logoAt } from '../../core/config/brand'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { RawRoute } from '../../platforms/feature'

const PATH = '/brand'
type Branded = Pick<Ctx['config'], 'portal' | 'companies'>

/** Where a logo of the configuration is fetched; null where there is none. */
export function logoUrl(path: string | null): string | null {
  const logo = logoAt(path)
  return logo === null ? null : `${PATH}/${logo.name}`
}

/** What the portal as a whole wears: its own, or that of the only company it has. */
export function brandOf({ portal, companies }: Branded): { brandColour: string | null; logo: string | null } {
  const only = companies.length === 1 ? companies[0] : undefined
  return {
    brandColour: portal.brandColour ?? only?.brandColour ?? null,
    logo: logoUrl(portal.logo ?? only?.logo ?? null),
  }
}

/** The logos of the configuration, and no other file. */
export const logoRoute: RawRoute = {
  name: 'portal.logo',
  method: 'GET',
  path: `${PATH}/:file`,
  kind: 'page',
  handle: async (koa, { config }) => {
    const asked = koa.path.split('/').at(-1)
    const logo = [config.portal, ...config.companies]
      .map((wearer) => logoAt(wearer.logo))
      .find((each) => each?.name === asked)
    if (!logo) throw new AppError('not_found')
    koa.set('Cache-Control', 'public, max-age=31536000, immutable')
    koa.set('X-Content-Type-Options', 'nosniff')
    koa.type = 'image/png'
    koa.body = logo.png
  },
}
