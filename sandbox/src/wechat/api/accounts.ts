import type { Kernel } from '../../kernel/kernel'
import { ApiError } from './errors'

/** A mini-program or a service account. */
export interface Account {
  kind: 'mini' | 'oa'
  appid: string
  secret: string
}

/** The account of that appid, if the sandbox has it. */
export function findAccount(kernel: Kernel, appid: string): Account | undefined {
  const { mini, oa } = kernel.config.wechat
  if (appid === mini.appid) return { kind: 'mini', appid, secret: mini.secret }
  if (appid === oa.appid) return { kind: 'oa', appid, secret: oa.secret }
  return undefined
}

/** Checks appid, then secret, in the order in which the platform looks at them. */
export function signInAccount(kernel: Kernel, appid: unknown, secret: unknown): Account {
  if (typeof appid !== 'string' || appid === '') throw new ApiError(41002)
  const account = findAccount(kernel, appid)
  if (!account) throw new ApiError(40013)
  if (typeof secret !== 'string' || secret === '') throw new ApiError(41004)
  if (secret !== account.secret) throw new ApiError(40125)
  return account
}
