import { Route, Routes } from 'react-router-dom';
import { NewTriggerPage, TriggerEditorPage } from './TriggerEditorPage';
import { TriggerPage } from './TriggerPage';
import { TriggersPage } from './TriggersPage';

/** The sub-page Triggers: the list, and below it the page of each trigger and its editor. */
export function TriggersSubPage() {
  return (
    <Routes>
      <Route path="/" element={<TriggersPage />} />
      <Route path="/-/new" element={<NewTriggerPage />} />
      <Route path="/:triggerId" element={<TriggerPage />} />
      <Route path="/:triggerId/edit" element={<TriggerEditorPage />} />
    </Routes>
  );
}
