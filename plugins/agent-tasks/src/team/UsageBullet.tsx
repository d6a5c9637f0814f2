import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Bullet } from '../queue/Bullet';
import { agentTasksTranslationRef } from '../translation';

/** How much of a limit is taken, also where there is none. */
export function UsageBullet(props: {
  usage: { used: number; max?: number };
  isUrgent?: boolean;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { used, max } = props.usage;
  return max === undefined ? (
    <span style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
      {t('team.budget.unlimited', { used: String(used) })}
    </span>
  ) : (
    <Bullet slots={{ used, max }} isUrgent={props.isUrgent} />
  );
}
