/** Whether a code can be sent at all; the server decides what an address is. */
export const looksLikeEmail = (text: string): boolean =>
  /^[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}$/.test(text) && text.length <= 120
