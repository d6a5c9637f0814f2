import { formatExactTime, formatRelativeTime } from './formatTime';
import { useLanguage } from './useLanguage';
import { useNow } from './useNow';

/** How long ago; the exact time on hover and for machines. */
export function RelativeTime(props: { at: string }) {
  const locale = useLanguage();
  const now = useNow();
  return (
    <time
      dateTime={props.at}
      title={formatExactTime({ at: props.at, locale })}
      style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}
    >
      {formatRelativeTime({ at: props.at, now, locale })}
    </time>
  );
}
