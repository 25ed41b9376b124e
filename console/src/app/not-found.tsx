import { Button, Result } from 'antd'
import { isRouteErrorResponse, Link, useRouteError } from 'react-router'
import { useWords } from '../words/language'
import { appWords } from './words'

export function NotFound() {
  const words = useWords(appWords)
  return (
    <Result
      status="info"
      title={<h1 className="plain">{words.notFound}</h1>}
      subTitle={words.notFoundText}
      extra={<Link to="/">{words.home}</Link>}
    />
  )
}

/** A page that broke, or whose code could not be loaded because a new version was installed. */
export function Crashed() {
  const words = useWords(appWords)
  const error = useRouteError()
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />
  return (
    <Result
      status="warning"
      title={<h1 className="plain">{words.crashed}</h1>}
      subTitle={words.crashedText}
      extra={
        <Button type="primary" onClick={() => location.reload()}>
          {words.reload}
        </Button>
      }
    />
  )
}
