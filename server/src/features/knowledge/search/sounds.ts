import { pinyin } from 'pinyin-pro'

/** Words whose sound is known already; the library takes a tenth of a millisecond for each. */
const known = new Map<string, readonly string[]>()
const KNOWN_MAX = 60_000

const CHINESE = /\p{Script=Han}/u

function syllablesOf(word: string): readonly string[] {
  const kept = known.get(word)
  if (kept) return kept
  const syllables = pinyin(word, { toneType: 'none', type: 'array', nonZh: 'removed', v: true })
  if (known.size >= KNOWN_MAX) known.clear()
  known.set(word, syllables)
  return syllables
}

/** Sounds that many people do not keep apart are one: zh and z, ang and an. */
function fold(sound: string): string {
  return sound.replace(/([zcs])h/g, '$1').replace(/ng/g, 'n')
}

/**
 * How each two neighbouring characters sound, such as nuanqi, qibu, bure for 暖气不热: what somebody types in pinyin,
 * with or without spaces, and what sounds the same in other characters, is found by it. `seen` takes the syllables.
 */
export function soundPairs(words: readonly string[], seen?: Set<string>): string[] {
  const pairs: string[] = []
  let last: string | null = null
  for (const word of words) {
    if (!CHINESE.test(word)) {
      last = null
      continue
    }
    for (const syllable of syllablesOf(word)) {
      seen?.add(syllable)
      if (last !== null) pairs.push(fold(last + syllable))
      last = syllable
    }
  }
  return pairs
}

const LONGEST_SYLLABLE = 6

/**
 * Pinyin letters cut into syllables that are known, the fewest there can be; null where they cannot be cut so. Each
 * place is looked at once, so that no text takes long.
 */
export function cutPinyin(letters: string, syllables: ReadonlySet<string>): string[] | null {
  const best: ({ readonly from: number; readonly count: number } | null)[] = [{ from: 0, count: 0 }]
  for (let end = 1; end <= letters.length; end++) {
    best[end] = null
    for (let from = Math.max(0, end - LONGEST_SYLLABLE); from < end; from++) {
      const before = best[from]
      if (!before || !syllables.has(letters.slice(from, end))) continue
      const there = best[end]
      if (!there || before.count + 1 < there.count) best[end] = { from, count: before.count + 1 }
    }
  }
  const cut: string[] = []
  for (let end = letters.length; end > 0; ) {
    const step = best[end]
    if (!step) return null
    cut.unshift(letters.slice(step.from, end))
    end = step.from
  }
  return cut
}

/** The sounds of syllables as they stand in the index. */
export function pairsOfSyllables(syllables: readonly string[]): string[] {
  return syllables.slice(1).map((syllable, index) => fold((syllables[index] ?? '') + syllable))
}

/** Letters that are no whole syllables, as they are looked up all the same. */
export function foldedLetters(letters: string): string {
  return fold(letters)
}
