import { Route, Routes } from 'react-router-dom';
import { CampaignPage } from './CampaignPage';
import { CampaignsPage } from './CampaignsPage';

/** The sub-page Campaigns: the list, and below it the page of each campaign. */
export function CampaignsSubPage() {
  return (
    <Routes>
      <Route path="/" element={<CampaignsPage />} />
      <Route path="/:campaignId" element={<CampaignPage />} />
    </Routes>
  );
}
