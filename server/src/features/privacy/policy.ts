/** The rules want copies within fifteen days, and an account ended within fifteen working days, three weeks of the calendar. */
export const COPY_DUE_DAYS = 15
export const CLOSURE_DUE_DAYS = 21
