import type { Context } from 'koa'
import type { Core, CoreCtx, SignedInResident, SignedInStaff } from '../context'
import { isUnreachable } from '../db/database'
import { AppError } from '../errors'
import { addressIsAllowed } from './allowed-addresses'
import type { EdgeOptions } from './edge-options'
import { noteConsole } from './known-consoles'
import type { Operation } from './operation'

/** The console's session. Strict same-site keeps it out of every request that another site makes a browser send. */
export const STAFF_COOKIE = 'yihu_staff'

/** Over https the name itself promises the browser that no other host and no plain connection has set it. */
export function staffCookieName(core: Pick<Core, 'config'>): string {
  return core.config.http.publicUrl.startsWith('https://') ? `__Host-${STAFF_COOKIE}` : STAFF_COOKIE
}

type PeopleOptions<C extends CoreCtx> = Pick<EdgeOptions<C>, 'core' | 'contextFor' | 'authenticate' | 'staff'>

/**
 * Finds out who asks and makes their context. Errors: unauthenticated when the operation needs somebody and nobody
 * suitable is signed in; address_not_allowed and cross_site for the console.
 */
export async function peopleOf<C extends CoreCtx>(
  options: PeopleOptions<C>,
  koa: Context,
  asked: { readonly auth: Operation['auth']; readonly ip: string },
): Promise<C> {
  const who = { requestId: String(koa.state['requestId']), ip: asked.ip }
  const stranger = options.contextFor({ ...who, resident: null, staff: null })
  const { auth } = asked
  if (auth === 'staff') assertConsoleAddress(options.core, koa)
  const staff = auth === 'staff' || auth === 'person' ? await staffBehind(options, koa, stranger) : null
  if (staff) return options.contextFor({ ...who, resident: null, staff })
  const resident = auth === 'staff' ? null : await residentOrStranger(options, koa, stranger, auth)
  if (resident && (auth === 'worker' || auth === 'person')) {
    const worker = await options.staff.worker(stranger, resident)
    if (worker) return options.contextFor({ ...who, resident, staff: worker })
    if (auth === 'worker') throw new AppError('forbidden', { message: '请先在“我的”里绑定员工账号。' })
  }
  if (!resident && auth !== 'public') throw new AppError('unauthenticated')
  return resident ? options.contextFor({ ...who, resident, staff: null }) : stranger
}

/** Throws `address_not_allowed` where the operator lets the console be used from some networks only. */
export function assertConsoleAddress(core: Pick<Core, 'config'>, koa: Context): void {
  if (!addressIsAllowed(core.config.staff.allowedAddresses, koa.ip)) throw new AppError('address_not_allowed')
}

/** What strangers may read is read while the database is away, too: who asks cannot be told then, and need not. */
async function residentOrStranger<C extends CoreCtx>(
  options: PeopleOptions<C>,
  koa: Context,
  stranger: C,
  auth: Operation['auth'],
): Promise<SignedInResident | null> {
  try {
    return await residentBehind(options, koa, stranger)
  } catch (error) {
    if (auth === 'public' && isUnreachable(error)) return null
    throw error
  }
}

async function residentBehind<C extends CoreCtx>(
  options: Pick<EdgeOptions<C>, 'authenticate'>,
  koa: Context,
  stranger: C,
): Promise<SignedInResident | null> {
  const token = /^Bearer ([0-9a-zA-Z_-]{16,128})$/.exec(koa.get('authorization'))?.[1]
  return token === undefined ? null : options.authenticate(stranger, token)
}

async function staffBehind<C extends CoreCtx>(
  options: PeopleOptions<C>,
  koa: Context,
  stranger: C,
): Promise<SignedInStaff | null> {
  const token = koa.cookies.get(staffCookieName(options.core))
  if (!token || !/^[0-9a-f]{32,64}$/.test(token)) return null
  assertConsoleAddress(options.core, koa)
  assertFromConsole(koa)
  // What the console asks by itself while nobody is there must not keep a session alive.
  const background = koa.state['background'] === true || koa.get('x-yihu-background') === '1'
  const staff = await options.staff.authenticate(stranger, token, background)
  noteConsole(options.core, token, staff !== null)
  return staff
}

/**
 * Cookies travel by themselves, so a write must also carry a header that no other site can make a browser send, and
 * what the browser itself says of where it comes from must agree.
 */
function assertFromConsole(koa: Context): void {
  if (koa.method === 'GET' || koa.method === 'HEAD') return
  const site = koa.get('sec-fetch-site')
  if (koa.get('x-yihu-console') !== '1' || !['', 'same-origin', 'none'].includes(site))
    throw new AppError('cross_site')
}
