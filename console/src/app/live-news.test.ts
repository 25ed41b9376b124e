import { polled, readNews, touchedBy } from './live-news'

test('news name the request they are about', () => {
  expect(readNews('{"topic":"request","requestId":"01A","state":"accepted","version":4}')).toEqual({
    topic: 'request',
    requestId: '01A',
  })
})
test('news for everything, and news nobody understands, make the page look at everything', () => {
  expect(readNews('{"topic":"request","requestId":null}')).toEqual({ topic: 'request', requestId: null })
  expect(readNews('not json')).toEqual({ topic: 'request', requestId: null })
  expect(readNews('null')).toEqual({ topic: 'request', requestId: null })
  expect(touchedBy('something new')).toContain('desk.list')
})
test('whatever is refreshed by news is also asked for while there is no connection', () => {
  for (const name of touchedBy('request').filter((one) => one !== 'dispatch.suggest'))
    expect(polled).toContain(name)
})
test('news of notices and of suspected outages make their pages look again, and nothing of the inbox', () => {
  expect(readNews('{"topic":"suggestion"}')).toEqual({ topic: 'suggestion', requestId: null })
  expect(touchedBy('suggestion')).toEqual(['notices.suggestions'])
  expect(touchedBy('notice')).toEqual(expect.arrayContaining(['notices.deskList', 'notices.deskGet']))
  expect(touchedBy('notice')).not.toContain('desk.list')
  for (const topic of ['notice', 'suggestion'])
    for (const name of touchedBy(topic)) expect(polled).toContain(name)
})
