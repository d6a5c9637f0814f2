import { stringifyEntityRef } from '@backstage/catalog-model';
import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { launchRouteRef } from '../routes';
import { Surface } from '../Surface';
import { agentTasksTranslationRef } from '../translation';
import { formatLaunchParameters } from './launchParameters';
import { isLaunchKind, useComponentsOf } from './useComponentsOf';

/** The card on the page of a system, domain or group: launches on its components. */
export function EntityLaunchCard() {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { entity } = useEntity();
  const toLaunch = useRouteRef(launchRouteRef);
  const kind = entity.kind.toLowerCase();
  const entityRef = stringifyEntityRef(entity);
  const { filters, count } = useComponentsOf({ entity, entityRef });
  if (!isLaunchKind(kind)) {
    return null;
  }
  const { search } = formatLaunchParameters({
    filters,
    search: '',
    selection: { kind: 'matching', except: [] },
    parameters: {},
    waves: '',
  });
  return (
    <EntityInfoCard title={t('launchPage.card.title')}>
      <Surface>
        <Typography variant="body2" gutterBottom>
          {t(`launchPage.card.text.${kind}`)}
        </Typography>
        {count === 0 ? (
          <Typography variant="body2" color="textSecondary">
            {t('launchPage.card.none')}
          </Typography>
        ) : (
          <LinkButton
            to={`${toLaunch()}?${search}`}
            variant="contained"
            color="primary"
            size="small"
          >
            {count === undefined
              ? t('launchPage.card.launchUncounted')
              : t('launchPage.card.launch', { count })}
          </LinkButton>
        )}
      </Surface>
    </EntityInfoCard>
  );
}
