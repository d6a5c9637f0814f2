import { Route, Routes } from 'react-router-dom';
import { TeamPage } from './TeamPage';
import { TeamsPage } from './TeamsPage';

/** The sub-page Teams: the list, and below it the page of each team. */
export function TeamsSubPage() {
  return (
    <Routes>
      <Route path="/" element={<TeamsPage />} />
      <Route path="/:namespace/:name" element={<TeamPage />} />
    </Routes>
  );
}
