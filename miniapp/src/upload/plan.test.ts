import type { FileProgress } from '../api/types'
import { after, newUpload, nextStep, percent, restMs, resumed, type Upload } from './plan'

const progress = (offset: number, state: FileProgress['state'] = 'receiving'): FileProgress => ({
  fileId: 'F',
  state,
  offset,
  reason: state === 'refused' ? '这不是照片' : null,
})
const fresh = newUpload('image', 250, 'client-1')
const begun = (offset = 0): Upload =>
  after(fresh, { kind: 'progress', progress: progress(offset), partBytes: 100 })

test('a file is promised first, then sent in parts, the last one shorter, then finished', () => {
  expect(nextStep(fresh)).toEqual({ do: 'begin' })
  expect(nextStep(begun())).toEqual({ do: 'part', offset: 0, length: 100 })
  expect(nextStep(begun(200))).toEqual({ do: 'part', offset: 200, length: 50 })
  expect(nextStep(begun(250))).toEqual({ do: 'finish' })
})
test('after a lost connection the server is asked, and sending goes on where it stopped', () => {
  const lost = after(begun(100), { kind: 'lost' })
  expect(nextStep(lost)).toEqual({ do: 'ask' })
  // The part had arrived although its answer was lost.
  const asked = after(lost, { kind: 'progress', progress: progress(200) })
  expect(nextStep(asked)).toEqual({ do: 'part', offset: 200, length: 50 })
  expect(restMs(asked)).toBe(0)
})
test('a promise whose answer was lost is repeated under the same id', () => {
  const lost = after(fresh, { kind: 'lost' })
  expect(nextStep(lost)).toEqual({ do: 'begin' })
  expect(lost.clientId).toBe('client-1')
})
test('it waits longer after each failure and then asks for a tap', () => {
  let upload = begun()
  const waits: number[] = []
  while (upload.state === 'sending') {
    upload = after(upload, { kind: 'lost' })
    waits.push(restMs(upload))
  }
  expect(upload.state).toBe('broken')
  expect(waits).toEqual([500, 1000, 2000, 4000, 0])
  expect(nextStep(upload)).toEqual({ do: 'nothing' })
  expect(nextStep(resumed(upload))).toEqual({ do: 'ask' })
})
test('parts that bring nothing forward do not go on for ever', () => {
  let upload = begun(100)
  for (let times = 0; times < 5; times++) {
    expect(upload.state).toBe('sending')
    upload = after(upload, { kind: 'progress', progress: progress(100) })
  }
  expect(upload.state).toBe('broken')
})
test('a file that waited too long on the server is promised anew', () => {
  const gone = after(begun(200), { kind: 'gone', clientId: 'client-2' })
  expect(nextStep(gone)).toEqual({ do: 'begin' })
  expect([gone.clientId, gone.offset]).toEqual(['client-2', 0])
})
test('while the server looks at the file it is asked now and then', () => {
  const checking = after(begun(250), { kind: 'progress', progress: progress(250, 'processing') })
  expect(nextStep(checking)).toEqual({ do: 'ask' })
  expect(restMs(checking)).toBeGreaterThan(0)
  expect(percent(checking)).toBe(99)
  const ready = after(checking, { kind: 'progress', progress: progress(250, 'ready') })
  expect(nextStep(ready)).toEqual({ do: 'nothing' })
  expect(percent(ready)).toBe(100)
})
test('a refused file says why in the server’s words', () => {
  const refused = after(begun(250), { kind: 'progress', progress: progress(250, 'refused') })
  expect([refused.state, refused.reason]).toEqual(['refused', '这不是照片'])
})
test('a file that the phone no longer has needs to be chosen again', () =>
  expect(after(begun(), { kind: 'unreadable' }).state).toBe('refused'))
test('progress is what the server has, never what was handed to the network', () => {
  expect(percent(begun())).toBe(0)
  expect(percent(begun(100))).toBe(40)
})
