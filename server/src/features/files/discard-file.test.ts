import { eachEngine } from '../../testing/harness'
import { RequestDesk } from '../requests/test-request-desk'
import { discardFile } from './discard-file'

eachEngine((engine) => {
  let desk: RequestDesk
  beforeAll(async () => {
    desk = await RequestDesk.open(engine)
  })
  afterAll(() => desk.close())

  const audited = (fileId: string) =>
    desk.rows<{ actor: string }>('SELECT actor FROM audit_log WHERE object = ?', [`file:${fileId}`])

  test('what a resident throws away is in the audit once', async () => {
    const { id } = await desk.resident()
    const fileId = await desk.file(id)
    await discardFile(desk.app.asResident(id), { fileId })
    expect(await audited(fileId)).toEqual([{ actor: `resident:${id}` }])
  })

  test('what staff throw away is left to the audit of the edge', async () => {
    const { id } = await desk.worker(['agent'])
    const fileId = await desk.file(id, 'image', 'staff')
    await discardFile(desk.app.asStaff(id, { roles: ['agent'] }), { fileId })
    expect(await audited(fileId)).toEqual([])
    expect(await desk.one('SELECT state FROM stored_file WHERE id = ?', [fileId])).toEqual({
      state: 'discarded',
    })
  })
})
