import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { agentTasksTranslationRef } from '../translation';
import { EntityLink } from './EntityLink';

/** Who did something: a person as a link, everything else by its name. */
export function ActorName(props: { actor: string }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { actor } = props;
  const colon = actor.indexOf(':');
  const kind = actor.slice(0, colon).toLowerCase();
  const name = actor.slice(colon + 1);
  if (actor === 'system') {
    return <>{t('timeline.actor.system')}</>;
  }
  switch (kind) {
    case 'user':
    case 'group':
      return <EntityLink entityRef={actor} />;
    case 'provider':
      return <>{t('timeline.actor.provider', { name })}</>;
    case 'host':
      return <>{t('timeline.actor.host', { name })}</>;
    case 'external':
      return <>{t('timeline.actor.external', { name })}</>;
    default:
      return <>{actor}</>;
  }
}
