import { eachEngine } from '../../testing/harness'
import { forgetPlaces } from './forget-places'
import { sendPlace } from './send-place'
import { setLocationConsent } from './set-location-consent'
import { FieldDesk, MINUTE, type TestWorker } from './test-field-desk'

const HERE = { latE6: 39_034_500, lngE6: 121_771_000, accuracyM: 12 }

eachEngine((engine) => {
  let field: FieldDesk
  let worker: TestWorker
  beforeEach(async () => {
    field = await FieldDesk.open(engine)
    worker = await field.worker()
  })
  afterEach(() => field.close())

  const pass = (ms: number) => field.desk.app.clock.advance(ms)

  test('a place is kept only with consent and on the way, sealed, and gone on arrival', async () => {
    const order = await field.taken(worker)
    const send = () => sendPlace(field.as(worker), HERE)
    const kept = () => field.desk.rows<{ placeSealed: string }>('SELECT * FROM worker_place')
    await field.must(worker, order.id, { kind: 'set-out' })
    expect(await send()).toEqual({ goOn: false })
    await setLocationConsent(field.as(worker), { agreed: true })
    expect(await send()).toEqual({ goOn: true })
    expect(await send()).toEqual({ goOn: true })
    expect(await kept()).toHaveLength(1)
    expect(JSON.stringify(await kept())).not.toContain(String(HERE.latE6))
    await setLocationConsent(field.as(worker), { agreed: false })
    expect(await kept()).toEqual([])
    expect(await send()).toEqual({ goOn: false })
    await setLocationConsent(field.as(worker), { agreed: true })
    expect(await send()).toEqual({ goOn: true })
    await field.must(worker, order.id, { kind: 'arrive', place: HERE })
    expect(await kept()).toEqual([])
    expect(await send()).toEqual({ goOn: false })
    const consents = await field.desk.rows<{ agreed: number }>(
      'SELECT agreed FROM location_consent ORDER BY id',
    )
    expect(consents.map(({ agreed }) => agreed)).toEqual([1, 0, 1])
  })

  test('a place whose order left by another way, or that is old, is forgotten by the schedule', async () => {
    await setLocationConsent(field.as(worker), { agreed: true })
    const order = await field.taken(worker)
    await field.must(worker, order.id, { kind: 'set-out' })
    await sendPlace(field.as(worker), HERE)
    pass(61_000)
    await field.desk.app.runJobs()
    expect(await field.desk.rows('SELECT * FROM worker_place')).toHaveLength(1)
    await field.change("UPDATE request SET state = 'on-hold' WHERE id = ?", [order.id])
    pass(61_000)
    await field.desk.app.runJobs()
    expect(await field.desk.rows('SELECT * FROM worker_place')).toEqual([])
    await field.change("UPDATE request SET state = 'on-the-way' WHERE id = ?", [order.id])
    expect(await sendPlace(field.as(worker), HERE)).toEqual({ goOn: true })
    pass(14 * MINUTE)
    expect(await forgetPlaces(field.desk.app.ctx())).toBe(0)
    pass(2 * MINUTE)
    expect(await forgetPlaces(field.desk.app.ctx())).toBe(1)
  })
})
