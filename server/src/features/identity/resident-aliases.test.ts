import { eachEngine } from '../../testing/harness'
import { residentAliases } from './resident-aliases'
import { startWorld, type TestWorld, weMini } from './test-world'

eachEngine((engine) => {
  let world: TestWorld
  beforeEach(async () => {
    world = await startWorld(engine)
  })
  afterEach(() => world.app.close())

  test('somebody who was never merged has one id', async () => {
    const { residentId } = await world.signIn(weMini('openid-mei'))
    expect(await residentAliases(world.app.ctx().db.reader, residentId)).toEqual([residentId])
  })

  test('an id that nobody has is its own only alias', async () => {
    const nobody = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
    expect(await residentAliases(world.app.ctx().db.reader, nobody)).toEqual([nobody])
  })
})
