import type { SignedInStaff } from '../../core/context'

export type { StaffRole } from './schema'

/** What the edge must be told about people at work. */
export const staffDoor = {
  authenticate: async (): Promise<SignedInStaff | null> => null,
  worker: async (): Promise<SignedInStaff | null> => null,
  may: (): boolean => false,
}
