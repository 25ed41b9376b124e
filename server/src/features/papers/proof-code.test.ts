import { randomToken } from '../../core/ids'
import { PROOF_CODE_BYTES, proofCodeFrom, readProofCode, shownProofCode } from './proof-code'

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codes = Array.from({ length: 20 }, () => proofCodeFrom(randomToken(PROOF_CODE_BYTES)))

test('a code is read however it was written', () => {
  for (const code of codes) {
    const shown = shownProofCode(code)
    expect(shown).toMatch(/^(\w{4}-){3}\w{4}$/)
    const ways = [
      shown,
      code,
      shown.toLowerCase(),
      ` ${shown.replaceAll('-', ' ')} `,
      shown.replaceAll('-', '—'),
    ]
    for (const way of [...ways, shown.replaceAll('0', 'O').replaceAll('1', 'l')])
      expect(readProofCode(way)).toBe(code)
    const wide = [...code].map((letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)).join('')
    expect(readProofCode(wide)).toBe(code)
  }
})

test('every single wrong character is found, and every missing or added one', () => {
  for (const code of codes.slice(0, 4)) {
    for (let at = 0; at < code.length; at++)
      for (const letter of LETTERS) {
        if (letter === code.charAt(at)) continue
        expect(readProofCode(code.slice(0, at) + letter + code.slice(at + 1))).toBeNull()
      }
    expect(readProofCode(code.slice(1))).toBeNull()
    expect(readProofCode(`${code}0`)).toBeNull()
  }
})

test('neighbours that changed places are found', () => {
  let found = 0
  let tried = 0
  for (const code of codes)
    for (let at = 0; at + 1 < code.length; at++) {
      const [a, b] = [code.charAt(at), code.charAt(at + 1)]
      if (a === b) continue
      tried++
      if (readProofCode(code.slice(0, at) + b + a + code.slice(at + 2)) === null) found++
    }
  expect(found / tried).toBeGreaterThan(0.97)
})

test.each(['', '缴费证明', 'UUUU-UUUU-UUUU-UUUU', "' OR 1=1 --", '../../etc/passwd', '<script>'])(
  '%p is no code',
  (text) => {
    expect(readProofCode(text)).toBeNull()
  },
)

test('no two codes are alike, and each carries 75 random bits', () => {
  expect(new Set(codes).size).toBe(codes.length)
  expect(() => proofCodeFrom('00')).toThrow('more random bytes')
})
