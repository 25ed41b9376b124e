import { toDataURL } from 'qrcode'
import type { Ctx } from '../../platforms/context'

/** The page that a link opens, in a wallet or any browser, and the same as a picture to be scanned from a screen. */
export async function shareLink(
  ctx: Ctx,
  page: 'join' | 'answer',
  token: string,
): Promise<{ link: string; qr: string }> {
  const link = `${ctx.config.http.publicUrl}/#/family/${page}/index?token=${token}`
  return { link, qr: await toDataURL(link, { margin: 2, width: 360, errorCorrectionLevel: 'M' }) }
}
