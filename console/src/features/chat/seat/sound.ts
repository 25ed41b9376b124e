/** Seconds that a note sounds, and from one to the next. */
const noteSeconds = 0.14
const stepSeconds = 0.16
const loudness = 0.08

let audio: AudioContext | null = null

/** Plays notes by the browser's own oscillator. Before the first click on the page a browser stays silent. */
export function play(notes: readonly number[]): void {
  if (notes.length === 0) return
  audio ??= new AudioContext()
  const speaker = audio
  // A page that nobody has touched may not sound; then it does not.
  speaker.resume().catch(() => undefined)
  for (const [index, hertz] of notes.entries()) {
    const from = speaker.currentTime + index * stepSeconds
    const note = speaker.createOscillator()
    const volume = speaker.createGain()
    note.frequency.value = hertz
    volume.gain.setValueAtTime(loudness, from)
    volume.gain.exponentialRampToValueAtTime(0.001, from + noteSeconds)
    note.connect(volume).connect(speaker.destination)
    note.start(from)
    note.stop(from + noteSeconds)
  }
}
