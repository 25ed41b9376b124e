import { DAY_MS } from '../../core/clock'
import { eachEngine } from '../../testing/harness'
import { expirePhotos } from './expire-photos'
import { Meters } from './test-meters'

eachEngine((engine) => {
  let meters: Meters
  beforeEach(async () => {
    meters = await Meters.open(engine)
  })
  afterEach(() => meters.close())

  test('a photo is deleted when its time is over, and never while somebody must still look at it', async () => {
    const fine = await meters.home({ accountNo: '0008800041' })
    const fileId = await meters.photo(fine.memberId)
    await meters.submit(fine.memberId, { householdId: fine.id, value: '3056', fileId })
    const odd = await meters.home({ accountNo: '0008800042' })
    const heldId = await meters.photo(odd.memberId)
    await meters.submit(odd.memberId, { householdId: odd.id, value: '9056', fileId: heldId })
    const days = meters.app.config.readings.keepPhotoDays
    meters.app.clock.advance((days - 1) * DAY_MS)
    expect(await expirePhotos(meters.app.ctx())).toBe(0)
    meters.app.clock.advance(2 * DAY_MS)
    expect(await expirePhotos(meters.app.ctx())).toBe(1)
    const files = await meters.rows<{ id: string; state: string }>('SELECT id, state FROM stored_file')
    expect(new Map(files.map(({ id, state }) => [id, state]))).toEqual(
      new Map([
        [fileId, 'expired'],
        [heldId, 'ready'],
      ]),
    )
  })
})
