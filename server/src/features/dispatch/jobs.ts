import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { defineSchedule } from '../../platforms/feature'
import { forgetPlaces } from './forget-places'
import { lapseOffers } from './lapse-offers'
import { deleteOldActions, deleteOldLeadOffers } from './store'

/** Far below the shortest time in which an order must be taken (30 s), so that the countdown on the screen is kept. */
export const lapseOffersOften = defineSchedule({
  name: 'dispatch.lapse-offers',
  everyMs: 5_000,
  run: async (ctx, stopping) => {
    await lapseOffers(ctx, stopping)
  },
})

export const forgetPlacesOften = defineSchedule({
  name: 'dispatch.forget-places',
  everyMs: 60_000,
  run: async (ctx) => {
    await forgetPlaces(ctx)
  },
})

/** A telephone that was without a network for longer than this was lost. */
const ACTIONS_KEPT_DAYS = 180
const LEAD_OFFERS_KEPT_DAYS = 30
const BATCH = 500
const MOST_BATCHES = 20

export const forgetFieldRowsHourly = defineSchedule({
  name: 'dispatch.forget-rows',
  everyMs: 3_600_000,
  run: async (ctx) => {
    const now = ctx.clock.now()
    await inTransaction(ctx, (tx) => deleteOldLeadOffers(tx, now - LEAD_OFFERS_KEPT_DAYS * DAY_MS))
    for (let batch = 0; batch < MOST_BATCHES; batch++) {
      const deleted = await inTransaction(ctx, (tx) =>
        deleteOldActions(tx, now - ACTIONS_KEPT_DAYS * DAY_MS, BATCH),
      )
      if (deleted < BATCH) return
    }
  },
})
