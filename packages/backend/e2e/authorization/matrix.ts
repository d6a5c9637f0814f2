/**
 * Who may call what, with the permission policy of the demo.
 *
 * `own` is the team of the developer and the lead, `foreign` another one: `a / b` is own / foreign, and one word is both.
 * `yes`: it is done. 401: who are you? 403: you may not. 404: as if it were not there.
 *
 * – : there is nothing to ask about
 *
 * What a call is about was launched by an admin, or, where the table says so, by the caller; what is resumed was paused by
 * an admin. A hook looks at no token, and these calls are not signed.
 *
 * - no role: a member of the own team whose role the catalog does not know
 * - service: the token of a service, without restrictions
 * - CI token: a service token that is restricted to launching and reading
 * - other token: a service token that is for other plugins
 */
export const matrix = `
| operation                         | nobody | no role | developer | lead          | admin | service | CI token | other token |
| --------------------------------- | ------ | ------- | --------- | ------------- | ----- | ------- | -------- | ----------- |
| ListTemplates                     | 401    | 403     | yes       | yes           | yes   | yes     | yes      | 403         |
| CreateTemplate                    | 401    | 403     | 403       | 403           | yes   | yes     | 403      | 403         |
| GetTemplateSchema                 | 401    | yes     | yes       | yes           | yes   | yes     | yes      | 403         |
| ValidateTemplate                  | 401    | 403     | yes       | yes           | yes   | yes     | yes      | 403         |
| PreviewTemplate                   | 401    | 403     | 403       | 403           | yes   | yes     | 403      | 403         |
| GetTemplate                       | 401    | 403     | yes       | yes           | yes   | yes     | yes      | 403         |
| ReviseTemplate                    | 401    | 403     | 403       | 403           | yes   | yes     | 403      | 403         |
| ListTemplateRevisions             | 401    | 403     | yes       | yes           | yes   | yes     | yes      | 403         |
| GetTemplateRevision               | 401    | 403     | yes       | yes           | yes   | yes     | yes      | 403         |
| PauseTemplate                     | 401    | 403     | 403       | 403           | yes   | yes     | 403      | 403         |
| ResumeTemplate                    | 401    | 403     | 403       | 403           | yes   | yes     | 403      | 403         |
| ArchiveTemplate                   | 401    | 403     | 403       | 403           | yes   | yes     | 403      | 403         |
| RestoreTemplate                   | 401    | 403     | 403       | 403           | yes   | yes     | 403      | 403         |
| CreatePlan                        | 401    | 403     | yes       | yes           | yes   | yes     | yes      | 403         |
| CreateCampaign                    | 401    | 403     | yes / 400 | yes / 400     | yes   | yes     | yes      | 403         |
| ListCampaigns                     | 401    | 403     | yes       | yes           | yes   | yes     | yes      | 403         |
| GetCampaign                       | 401    | 403     | yes       | yes           | yes   | yes     | yes      | 403         |
| GetCampaignBurndown               | 401    | 403     | yes       | yes           | yes   | yes     | yes      | 403         |
| ExportCampaign                    | 401    | 403     | yes       | yes           | yes   | yes     | yes      | 403         |
| PauseCampaign                     | 401    | 403     | 403       | yes / 403     | yes   | yes     | 403      | 403         |
| ResumeCampaign                    | 401    | 403     | 403       | yes / 403     | yes   | yes     | 403      | 403         |
| CancelCampaign                    | 401    | 403     | 403       | yes / 403     | yes   | yes     | 403      | 403         |
| RetryCampaign                     | 401    | 403     | 403       | yes / 403     | yes   | yes     | 403      | 403         |
| SetCampaignPriority               | 401    | 403     | 403       | yes / 403     | yes   | yes     | 403      | 403         |
| AddCampaignComponents             | 401    | 403     | 403       | yes / 403     | yes   | yes     | 403      | 403         |
| ApproveCampaignWave               | 401    | 403     | 403       | yes / 403     | yes   | yes     | 403      | 403         |
| ContinueCampaign                  | 401    | 403     | 403       | yes / 403     | yes   | yes     | 403      | 403         |
| ListTasks                         | 401    | 403     | yes       | yes           | yes   | yes     | yes      | 403         |
| BulkTasks                         | 401    | 403     | refused   | yes / refused | yes   | yes     | refused  | 403         |
| GetTask                           | 401    | 403     | yes       | yes           | yes   | yes     | yes      | 403         |
| ListTaskEvents                    | 401    | 403     | yes       | yes           | yes   | yes     | yes      | 403         |
| CancelTask                        | 401    | 403     | 403       | yes / 403     | yes   | yes     | 403      | 403         |
| RetryTask                         | 401    | 403     | 403       | yes / 403     | yes   | yes     | 403      | 403         |
| ResolveStart                      | 401    | 403     | 403       | yes / 403     | yes   | yes     | 403      | 403         |
| ListEvents                        | 401    | 403     | 403       | 403           | yes   | yes     | 403      | 403         |
| GetStatus                         | 401    | 403     | yes       | yes           | yes   | yes     | yes      | 403         |
| GetQueue                          | 401    | 403     | yes       | yes           | yes   | yes     | yes      | 403         |
| GetQueueHistory                   | 401    | 403     | yes       | yes           | yes   | yes     | yes      | 403         |
| ListRunningTasks                  | 401    | 403     | yes       | yes           | yes   | yes     | yes      | 403         |
| ListBrakes                        | 401    | 403     | yes       | yes           | yes   | yes     | yes      | 403         |
| PullBrake                         | 401    | 403     | 403       | yes / 403     | yes   | yes     | 403      | 403         |
| ReleaseBrake                      | 401    | 403     | 403       | yes / 403     | yes   | yes     | 403      | 403         |
| ListTeams                         | 401    | 403     | yes       | yes           | yes   | yes     | yes      | 403         |
| GetTeam                           | 401    | 403     | yes       | yes           | yes   | yes     | yes      | 403         |
| SetTeamLimits                     | 401    | 403     | 403       | yes / 403     | yes   | yes     | 403      | 403         |
| PauseTeam                         | 401    | 403     | 403       | yes / 403     | yes   | yes     | 403      | 403         |
| ResumeTeam                        | 401    | 403     | 403       | yes / 403     | yes   | yes     | 403      | 403         |
| ListTriggers                      | 401    | 403     | yes       | yes           | yes   | yes     | 403      | 403         |
| CreateTrigger                     | 401    | 403     | 403       | 403           | yes   | yes     | 403      | 403         |
| GetTrigger                        | 401    | 403     | yes       | yes           | yes   | yes     | 403      | 403         |
| UpdateTrigger                     | 401    | 403     | 403       | 403           | yes   | yes     | 403      | 403         |
| DeleteTrigger                     | 401    | 403     | 403       | 403           | yes   | yes     | 403      | 403         |
| PauseTrigger                      | 401    | 403     | 403       | 403           | yes   | yes     | 403      | 403         |
| ResumeTrigger                     | 401    | 403     | 403       | 403           | yes   | yes     | 403      | 403         |
| RunTrigger                        | 401    | 403     | 403       | 403           | yes   | yes     | 403      | 403         |
| ListTriggerRuns                   | 401    | 403     | yes       | yes           | yes   | yes     | 403      | 403         |
| ReceiveHook                       | 403    | 403     | 403       | 403           | 403   | 403     | 403      | 403         |
| CancelTask, own launch            | –      | –       | yes / –   | yes / –       | yes   | yes     | 403      | –           |
| RetryTask, own launch             | –      | –       | yes / –   | yes / –       | yes   | yes     | 403      | –           |
| PauseCampaign, own launch         | –      | –       | yes / –   | yes / –       | yes   | yes     | 403      | –           |
| ResumeCampaign, own launch        | –      | –       | 403 / –   | yes / –       | yes   | yes     | 403      | –           |
| CancelCampaign, own launch        | –      | –       | yes / –   | yes / –       | yes   | yes     | 403      | –           |
| RetryCampaign, own launch         | –      | –       | yes / –   | yes / –       | yes   | yes     | 403      | –           |
| SetCampaignPriority, own launch   | –      | –       | 403 / –   | yes / –       | yes   | yes     | 403      | –           |
| AddCampaignComponents, own launch | –      | –       | yes / –   | yes / –       | yes   | yes     | 403      | –           |
`;

/** A row: what each persona is answered, for the own and the foreign team. */
export interface MatrixRow {
  /** Its name in the table. */
  name: string;
  operation: string;
  /** Whether the caller has launched what the call is about. */
  ownLaunch: boolean;
  /** By persona. */
  expected: Record<string, { own: string; foreign: string }>;
}

/** Reads the table. */
export function readMatrix(text: string): {
  personas: string[];
  rows: MatrixRow[];
} {
  const [head, , ...lines] = text
    .trim()
    .split('\n')
    .map(line =>
      line
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim()),
    );
  const personas = head.slice(1);
  return {
    personas,
    rows: lines.map(([name, ...cells]) => {
      if (cells.length !== personas.length) {
        throw new Error(`The row ${name} has ${cells.length} cells.`);
      }
      const [operation, ownLaunch] = name.split(', ');
      return {
        name,
        operation,
        ownLaunch: ownLaunch !== undefined,
        expected: Object.fromEntries(
          cells.map((cell, index) => {
            const [own, foreign = own] = cell.split(' / ');
            return [personas[index], { own, foreign }];
          }),
        ),
      };
    }),
  };
}
