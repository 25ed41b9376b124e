import { eachEngine } from '../../testing/harness'
import { startWorld, type TestWorld, weMini } from '../identity/test-world'
import { askCopy } from './ask-copy'
import { expireCopies } from './expire-copies'
import { listAsked } from './list-asked'
import { makeCopy } from './make-copy'
import { takeCopy } from './take-copy'

const HOUR_MS = 3_600_000

eachEngine((engine) => {
  let world: TestWorld
  beforeAll(async () => {
    world = await startWorld(engine)
  })
  afterAll(() => world.app.close())

  test('a copy is made once, is late at the desk until it is made, and is gone when its time is over', async () => {
    const { app } = world
    const { token } = await world.signIn(weMini('openid-of-copies'))
    const ctx = await world.ctxOf(token)
    const { copyId } = await askCopy(ctx)
    expect(await askCopy(ctx)).toEqual({ copyId })
    const asked = async () => (await listAsked(app.ctx())).items.find(({ id }) => id === copyId)
    expect(await asked()).toMatchObject({ kind: 'copy', state: 'waiting', endedAt: null, late: false })

    await makeCopy(app.ctx(), copyId)
    await makeCopy(app.ctx(), copyId)
    expect(await asked()).toMatchObject({ state: 'ready', endedAt: app.clock.now(), late: false })
    const { url } = await takeCopy(ctx, { copyId, format: 'json' })
    expect((await fetch(`${app.url}${url}`)).status).toBe(200)

    app.clock.advance((app.config.privacy.copy.keepHours + 1) * HOUR_MS)
    await expireCopies(app.ctx())
    await expect(takeCopy(ctx, { copyId, format: 'json' })).rejects.toMatchObject({ code: 'copy_gone' })
  })
})
