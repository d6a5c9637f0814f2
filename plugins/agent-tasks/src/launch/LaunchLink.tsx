import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { launchRouteRef } from '../routes';
import { agentTasksTranslationRef } from '../translation';

/** The way to the page that launches, in the header of every page of Agent Tasks. */
export function LaunchLink() {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const toLaunch = useRouteRef(launchRouteRef);
  return (
    <LinkButton
      to={toLaunch()}
      variant="contained"
      color="primary"
      size="small"
    >
      {t('launchPage.button')}
    </LinkButton>
  );
}
