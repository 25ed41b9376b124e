import type { Context } from 'koa'
import type { CoreCtx, SignedInResident, SignedInStaff } from '../context'
import { AppError } from '../errors'
import type { EdgeOptions } from './app'
import type { Operation } from './operation'

/** The console's session. Strict same-site keeps it out of every request that another site makes a browser send. */
export const STAFF_COOKIE = 'yihu_staff'

/**
 * Finds out who asks and makes their context. Errors: unauthenticated when the operation needs somebody and nobody
 * suitable is signed in.
 */
export async function peopleOf<C extends CoreCtx>(
  options: Pick<EdgeOptions<C>, 'contextFor' | 'authenticate' | 'staff'>,
  koa: Context,
  asked: { readonly auth: Operation['auth']; readonly ip: string },
): Promise<C> {
  const who = { requestId: String(koa.state['requestId']), ip: asked.ip }
  const stranger = options.contextFor({ ...who, resident: null, staff: null })
  const { auth } = asked
  const staff = auth === 'staff' || auth === 'person' ? await staffBehind(options, koa, stranger) : null
  if (staff) return options.contextFor({ ...who, resident: null, staff })
  const resident = auth === 'staff' ? null : await residentBehind(options, koa, stranger)
  if (resident && (auth === 'worker' || auth === 'person')) {
    const worker = await options.staff.worker(stranger, resident)
    if (worker) return options.contextFor({ ...who, resident, staff: worker })
    if (auth === 'worker') throw new AppError('forbidden', { message: '请先在“我的”里绑定员工账号。' })
  }
  if (!resident && auth !== 'public') throw new AppError('unauthenticated')
  return resident ? options.contextFor({ ...who, resident, staff: null }) : stranger
}

async function residentBehind<C extends CoreCtx>(
  options: Pick<EdgeOptions<C>, 'authenticate'>,
  koa: Context,
  stranger: C,
): Promise<SignedInResident | null> {
  const token = /^Bearer ([0-9a-zA-Z_-]{16,128})$/.exec(koa.get('authorization'))?.[1]
  return token === undefined ? null : options.authenticate(stranger, token)
}

/** Cookies travel by themselves, so a write must also carry a header that no other site can make a browser send. */
async function staffBehind<C extends CoreCtx>(
  options: Pick<EdgeOptions<C>, 'staff'>,
  koa: Context,
  stranger: C,
): Promise<SignedInStaff | null> {
  const token = koa.cookies.get(STAFF_COOKIE)
  if (!token || !/^[0-9a-f]{32,64}$/.test(token)) return null
  if (koa.method !== 'GET' && koa.get('x-yihu-console') !== '1') return null
  return options.staff.authenticate(stranger, token)
}
