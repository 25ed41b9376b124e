import { useRead } from '../../../api/query'

/** Orders that wait for my answer; a countdown must not depend on the live connection alone. */
export const useOffers = (may: boolean) => useRead('dispatch.offers', may ? {} : null, { refetchMs: 10_000 })
