import { addressText, parseAddress, shortAddress } from './address'

test.each([
  ['福田区香蜜湖花园9栋1655', ['福田区', '香蜜湖花园', '9栋', null, '1655'], '香蜜湖花园 9-1655'],
  ['雨花区湘江路358号8栋1158', ['雨花区', '湘江路358号', '8栋', null, '1158'], '湘江路358号 8-1158'],
  ['景田南小区14栋3单元201室', [null, '景田南小区', '14栋', '3单元', '201'], '景田南小区 14-3-201'],
  ['福田区景田南小区14栋1128', ['福田区', '景田南小区', '14栋', null, '1128'], '景田南小区 14-1128'],
  ['村口老王家后院', [null, '村口老王家后院', null, null, null], '村口老王家后院'],
])('%s is cut into its parts, or kept whole', (text, parts, short) => {
  const place = parseAddress(text)
  expect([place.district, place.community, place.building, place.unit, place.room]).toEqual(parts)
  expect(shortAddress(place)).toBe(short)
})

test('an address from columns reads as on an envelope', () => {
  const place = { district: null, community: '松海园', building: '41号楼', unit: '6单元', room: '404' }
  expect(addressText(place)).toBe('松海园41号楼6单元404')
  expect(shortAddress(place)).toBe('松海园 41-6-404')
})
