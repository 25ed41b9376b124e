import { shadeForWhite } from '../colour'
import { logoAt } from './brand'
import type { CoreConfig } from './schema'

/** Whose mail it is, as it looks: white letters stand out from the ground by 4.5 to 1. */
export interface MailHead {
  readonly name: string
  readonly ground: string
  /** A square PNG; null where none is configured. */
  readonly logo: Buffer | null
}

const PLAIN = '#17191C'

/** What a mail of this company wears, or one of the portal itself. */
export function mailHeadOf(
  { portal, companies }: Pick<CoreConfig, 'portal' | 'companies'>,
  companyId: string | null,
): MailHead {
  const { name, brandColour, logo } = companies.find(({ id }) => id === companyId) ?? portal
  return { name, ground: shadeForWhite(brandColour ?? PLAIN), logo: logoAt(logo)?.png ?? null }
}
