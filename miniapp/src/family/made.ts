/** Links that were made on this telephone a moment ago: whoever made one hands it on and does not use it. */
export interface Made {
  readonly token: string
  readonly qr: string
}
const made = new Map<string, Made>()

export const keepMade = ({ token, qr }: Made): void => {
  made.set(token, { token, qr })
}
export const madeHere = (token: string): Made | null => made.get(token) ?? null
