import { Progress } from '@backstage/core-components';
import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router-dom';
import { TemplatePage } from './TemplatePage';
import { TemplatesPage } from './TemplatesPage';

// The editor, what reads YAML, and the form weigh more than all other pages together.
const TemplateTextPage = lazy(() => import('./editor/TemplateTextPage'));
const NewTemplatePage = lazy(() => import('./editor/NewTemplatePage'));

/** The sub-page Templates: the list, and below it the page of each template and its editor. */
export function TemplatesSubPage() {
  return (
    <Suspense fallback={<Progress />}>
      <Routes>
        <Route path="/" element={<TemplatesPage />} />
        <Route path="/-/new" element={<NewTemplatePage />} />
        <Route path="/:templateName" element={<TemplatePage />} />
        <Route path="/:templateName/text" element={<TemplateTextPage />} />
      </Routes>
    </Suspense>
  );
}
