import { ExternalLink } from '../links/ExternalLink';
import { safeHref } from '../links/safeHref';
import { Facts } from './Facts';

/** A JSON object for people: `requestId` reads “Request id”, addresses are links, what is nested is JSON. */
export function JsonFacts(props: { value: Record<string, unknown> }) {
  return (
    <Facts
      facts={Object.entries(props.value)
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([name, value]) => [toWords(name), <JsonText value={value} />])}
    />
  );
}

function JsonText(props: { value: unknown }) {
  const { value } = props;
  if (typeof value === 'string') {
    return safeHref(value) ? (
      <ExternalLink to={value}>{value}</ExternalLink>
    ) : (
      <span style={{ whiteSpace: 'pre-wrap' }}>{value}</span>
    );
  }
  if (typeof value === 'object') {
    return (
      <code style={{ whiteSpace: 'pre-wrap' }}>
        {JSON.stringify(value, undefined, 2)}
      </code>
    );
  }
  return <>{String(value)}</>;
}

/** `requestId` and `request_id` as `Request id`. */
export function toWords(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase()
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
