import sharp from 'sharp'
import { eachEngine } from '../../testing/harness'
import { keepReceived } from './keep-received'
import { pictureBytes } from './picture-bytes'
import * as corpus from './test-corpus'
import { startUploads, type UploadWorld } from './test-uploads'

eachEngine((engine) => {
  let world: UploadWorld
  let ownerId: string
  beforeAll(async () => {
    world = await startUploads(engine)
    ownerId = (await world.person()).id
  })
  afterAll(() => world.app.close())

  let serial = 0
  const keep = (bytes: Buffer, clientId = `kept-picture-${String(++serial).padStart(6, '0')}`) =>
    keepReceived(world.app.ctx(), { kind: 'image', clientId, ownerId, channel: 'wechat-window', bytes })

  test('a picture that a platform handed over is encoded anew, and again is the same picture', async () => {
    const bytes = await corpus.photo({ width: 3000, height: 1500, format: 'png' })
    const first = await keep(bytes, 'kept-picture-twice')
    expect(first).not.toBeNull()
    expect(await keep(bytes, 'kept-picture-twice')).toBe(first)
    const shown = await pictureBytes(world.app.ctx(), first ?? '')
    expect(await sharp(shown ?? Buffer.alloc(0)).metadata()).toMatchObject({ format: 'jpeg', width: 2048 })
    expect(shown?.includes(corpus.CANARY)).toBe(false)
  })

  test.each([
    ['a page', corpus.html],
    ['a page that calls itself a picture', corpus.gif],
    ['a document', corpus.pdf],
  ])('%s is not kept', async (_name, bytes) => {
    expect(await keep(bytes)).toBeNull()
  })

  test('what is not there has no bytes', async () => {
    expect(await pictureBytes(world.app.ctx(), world.app.ctx().ids.next())).toBeNull()
  })
})
