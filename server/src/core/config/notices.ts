import { z } from 'zod'

/** Outage notices and announcements. Units stand at the end of each name. */
export const notices = z.strictObject({
  /** A notice that reaches more residents than this needs a second person. */
  approvalAboveResidents: z.int().min(0),
  /** A preview of at most so many households is counted at once; a larger one by a job. */
  countAtOnceHouseholds: z.int().min(0).max(20_000),
  /** How long a planned stop may be past its end before it counts as over, though nobody said so. */
  endedAfterHours: z.int().positive(),
  /** How long an announcement without an end stands. */
  announcementDays: z.int().positive(),
  /** How long a notice that is over is still shown to those it covered. */
  shownAfterDays: z.int().positive(),
  /** A publication that was due longer ago than this, because no worker was up, is not made up for. */
  latePublishMinutes: z.int().positive(),
  /** Households of one page of a fan-out, which is one transaction: long enough to be fast, short enough to stop in. */
  spreadPageHouseholds: z.int().min(1).max(10_000),
  /** A fan-out that wrote no page for so long has lost its worker, and the next one takes it up. */
  spreadStandingSeconds: z.int().min(1).max(600),
  /** So many households without supply at one station or in one building are suggested to be an outage… */
  suggestAfterRequests: z.int().min(2).max(100),
  /** …when they came within so many minutes. */
  suggestWithinMinutes: z.int().min(1).max(1440),
  /** Company → its city, where the city has lead-time rules of its own (config/notices). */
  cities: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,31}$/), z.string().min(2).max(20)),
})
