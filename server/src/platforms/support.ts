/** Where platform folders tell what went wrong without failing anybody. Core's logger fits it. */
export interface PlatformLog {
  warn(fields: Record<string, unknown>, message: string): void
}
