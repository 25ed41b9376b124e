/** A wallet moves through a mini-program's pages itself. */
export function serveKeyboard(): void {}
export const holdFocus = () => serveKeyboard
