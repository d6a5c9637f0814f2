import { Header, Page, Progress, RoutedTabs } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { lazy, Suspense, useMemo } from 'react';
import { Navigate, Route, Routes } from 'react-router-dom';
import { LaunchLink } from './launch/LaunchLink';
import { BrakeChip } from './queue/BrakeChip';
import { type SubPage, subPages } from './subPages';
import { Surface } from './Surface';
import { TeamChips } from './team/TeamChips';
import { agentTasksTranslationRef } from './translation';

/** All sub-pages with their tabs, for apps on the classic frontend system. */
export function AgentTasksPage() {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const tabs = useMemo(
    () =>
      subPages.map(subPage => ({
        path: `/${subPage.path}`,
        title: t(`subPage.${subPage.title}`),
        children: <LazySubPage subPage={subPage} />,
      })),
    [t],
  );
  return (
    <Page themeId="tool">
      <Header title={t('title')}>
        <BrakeChip />
        <TeamChips />
        <LaunchLink />
      </Header>
      <Routes>
        <Route index element={<Navigate to={subPages[0].path} replace />} />
        <Route path="*" element={<RoutedTabs routes={tabs} />} />
      </Routes>
    </Page>
  );
}

function LazySubPage(props: { subPage: SubPage }) {
  const { loader } = props.subPage;
  const Content = useMemo(
    () =>
      lazy(async () => {
        const element = await loader();
        return { default: () => element };
      }),
    [loader],
  );
  return (
    <Suspense fallback={<Progress />}>
      <Surface>
        <Content />
      </Surface>
    </Suspense>
  );
}
