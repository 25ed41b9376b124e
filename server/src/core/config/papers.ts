import { z } from 'zod'

const limit = z.strictObject({ limit: z.int().positive(), windowMs: z.int().positive() })

/** Statements, receipts and proofs as files. */
export const papers = z.strictObject({
  /** How long an address of a file is good; it is good once. */
  ticketSeconds: z.int().min(30).max(900),
  /** Checking proofs; offices put many people behind one address. */
  checksPerIp: limit,
  /** Codes that are none of ours: much fewer. */
  wrongPerIp: limit,
})
