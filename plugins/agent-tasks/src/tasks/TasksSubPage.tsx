import { Route, Routes } from 'react-router-dom';
import { TaskPage } from '../task/TaskPage';
import { TasksPage } from './TasksPage';

/** The sub-page Tasks: the list, and below it the page of each task. */
export function TasksSubPage() {
  return (
    <Routes>
      <Route path="/" element={<TasksPage />} />
      <Route path="/:taskId" element={<TaskPage />} />
    </Routes>
  );
}
