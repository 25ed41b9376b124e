/** `12,345`: a number of people or households. */
export const count = (value: number): string => value.toLocaleString('en-US')
