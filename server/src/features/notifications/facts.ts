import { z } from 'zod'

/** Value name → text, as rows keep it in JSON. */
export const factsShape = z.record(z.string(), z.string())
export type Facts = Readonly<z.infer<typeof factsShape>>
