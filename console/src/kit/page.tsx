import { type ReactNode, useEffect } from 'react'
import { setPageTitle } from './title'

interface PageProps {
  readonly title: string
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A page with one heading, its actions at the right, and its name in the browser's tab. */
export function Page({ title, actions, children }: PageProps) {
  useTitle(title)
  return (
    <div className="page">
      <div className="page-head">
        <h1>{title}</h1>
        <div className="page-actions">{actions}</div>
      </div>
      {children}
    </div>
  )
}

export function useTitle(title: string): void {
  useEffect(() => {
    setPageTitle(title)
  }, [title])
}
