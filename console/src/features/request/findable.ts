/** What the server can look up: a request's number, an account number, a telephone or its last four digits. */
export const isFindable = (q: string): boolean => /^[A-Za-z]{2}\d{8}-\d{3,}$|^\d{4,20}$/.test(q.trim())
