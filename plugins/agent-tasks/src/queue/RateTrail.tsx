import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useTheme } from '@material-ui/core/styles';
import { agentTasksTranslationRef } from '../translation';

const WIDTH = 64;
const HEIGHT = 20;

/** A small line of rates from 0 to 1, the newest at the right; nothing before there are two. */
export function RateTrail(props: { trail: number[] }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { palette } = useTheme();
  const { trail } = props;
  if (trail.length < 2) {
    return null;
  }
  const toPercent = (rate: number) => String(Math.round(rate * 100));
  const points = trail.map((rate, index) => {
    const x = (index / (trail.length - 1)) * WIDTH;
    const y = 1 + (1 - Math.min(1, Math.max(0, rate))) * (HEIGHT - 2);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg
      role="img"
      aria-label={t('queue.accounts.trail', {
        lowest: toPercent(Math.min(...trail)),
        now: toPercent(trail[trail.length - 1]),
      })}
      width={WIDTH}
      height={HEIGHT}
      style={{ borderBottom: `1px solid ${palette.divider}` }}
    >
      <polyline
        points={points.join(' ')}
        fill="none"
        stroke={palette.primary.main}
        strokeWidth={1.5}
      />
    </svg>
  );
}
