import { z } from 'zod'

const hour = z.int().min(0).max(24)

/** What a company knows: articles, and how they are kept right. */
export const knowledge = z
  .strictObject({
    /** Counts of reads and of searches in vain are deleted after so long. */
    keepDays: z.int().min(90).max(3650),
    /** An article that is imported without a day of its own is looked at again after so long. */
    reviewDays: z.int().min(1).max(1095),
    /** A search waits so long for the index of a process that has just begun; less than a handler may take. */
    firstWaitMs: z.int().positive(),
    /** And so long for news; after that it answers from what it has. */
    newsWaitMs: z.int().positive(),
    /** Owners are told that a review is due from this hour of the day in Shanghai until that one. */
    tellFromHour: hour,
    tellUntilHour: hour,
  })
  .refine(({ tellFromHour, tellUntilHour }) => tellFromHour < tellUntilHour, {
    path: ['tellUntilHour'],
    message: 'must be after tellFromHour',
  })
