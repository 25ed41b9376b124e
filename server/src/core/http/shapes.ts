import { z } from 'zod'

/** Shapes that several features put on the wire. */

export const id = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, '编号格式不对')
export const fen = z.int().min(0).max(1_000_000_000_00)
/** Made by the client once per intended act and kept across retries, so that a repeat gives the first answer. */
export const clientId = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/, '请求编号格式不对')
/** UTC milliseconds since 1970. */
export const instant = z.int().min(0)
/** A calendar day in Shanghai, such as 2026-11-20. */
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
export const cursor = z.string().min(1).max(200)
/** Query strings carry text only, so page sizes are read from digits. */
export const pageLimit = z.coerce.number().int().min(1).max(50).default(20)
export const companyId = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/)
export const mainlandMobile = z.string().regex(/^1[3-9]\d{9}$/, '请填写11位手机号')
export const smsCode = z.string().regex(/^\d{6}$/, '请填写6位数字验证码')
export const done = z.object({ done: z.literal(true) })
export const nothing = z.strictObject({})
/** What every write of a resident's carries. */
export const act = z.strictObject({ clientId })
/** The answer of an act that has nothing else to say. */
export const isDone = { done: true } as const
