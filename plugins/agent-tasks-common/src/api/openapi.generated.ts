// Generated from plugins/agent-tasks-backend/src/schema/openapi.yaml: change that file and run
// `yarn generate:api`.

export interface paths {
    "/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The templates that tasks can be launched from, by name. */
        get: operations["ListTemplates"];
        put?: never;
        /** @description Adds a template that is written in the portal, in its first revision. Needs `agent-tasks.template.manage`. */
        post: operations["CreateTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The JSON Schema (draft 7) of templates, for editors. */
        get: operations["GetTemplateSchema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Says what is wrong with the text of a template. Stores nothing. */
        post: operations["ValidateTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Renders the prompt for a component, of a text or of a stored revision. Stores nothing. Needs `agent-tasks.template.manage`. */
        post: operations["PreviewTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One template in its newest revision. */
        get: operations["GetTemplate"];
        /** @description Writes a new revision of a template of the portal. Answered with 409 where somebody else has revised it since `expectedRevision`, and with 403 where the template comes from the catalog. Needs `agent-tasks.template.manage`. */
        put: operations["ReviseTemplate"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{name}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The revisions of a template, the newest first. */
        get: operations["ListTemplateRevisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{name}/revisions/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One revision of a template, with its text. */
        get: operations["GetTemplateRevision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{name}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Holds its queued tasks back, and those that are launched. What runs goes on. It is the brake on the template; pausing again changes reason and end. Needs `agent-tasks.template.manage` or `agent-tasks.brake.manage`. */
        post: operations["PauseTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{name}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Takes every brake off the template. Needs `agent-tasks.template.manage` or `agent-tasks.brake.manage`. */
        post: operations["ResumeTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{name}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Takes a template of the portal out of use. What was launched goes on. Needs `agent-tasks.template.manage`. */
        post: operations["ArchiveTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{name}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Brings an archived template back. Needs `agent-tasks.template.manage`. */
        post: operations["RestoreTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Says what a launch would do: which task on which repository for which components, its prompt, what will hold it, and which components are left out and why. Changes nothing. */
        post: operations["CreatePlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Campaigns, newest first. Filters of different names must all hold; of the values of one name, one. */
        get: operations["ListCampaigns"];
        put?: never;
        /** @description Launches. The same Idempotency-Key with the same body by the same requester answers the campaign that was launched first; with another body it is refused with 409. Where `expected` is given and the launch would do something else, it is refused with 409 and the difference, unless `acceptChanges` is true. */
        post: operations["CreateCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{campaignId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One campaign with the number of its tasks in each state. */
        get: operations["GetCampaign"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{campaignId}/burndown": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description How many tasks of a campaign were open when, what was planned, and what is expected; at most some 120 points each. */
        get: operations["GetCampaignBurndown"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{campaignId}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description All tasks of a campaign as CSV, in UTF-8 with a line of names. Cells that a spreadsheet would take for a formula begin with an apostrophe. */
        get: operations["ExportCampaign"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{campaignId}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Starts no more tasks of a campaign and releases no wave, by a brake on it; what runs goes on. */
        post: operations["PauseCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{campaignId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Releases the brake on a campaign. */
        post: operations["ResumeCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{campaignId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Cancels all tasks of a campaign that have not settled: those that wait at once, those that work as soon as they could be stopped. */
        post: operations["CancelCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{campaignId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Tries tasks of a campaign again: those named, or all that failed, at most 1,000 at once. */
        post: operations["RetryCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{campaignId}/priority": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Changes the priority of the tasks that still wait: of those named, or of all and of those added later. */
        post: operations["SetCampaignPriority"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{campaignId}/components": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Adds components to a campaign, as one more launch with its template revision, parameters and rollout. The same Idempotency-Key with the same body adds them once; with another body it is refused with 409. */
        post: operations["AddCampaignComponents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{campaignId}/waves/{number}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Lets a wave begin that waits for approval. */
        post: operations["ApproveCampaignWave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{campaignId}/continue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Goes on after a rule has stopped the campaign. The rule does not stop the same wave again. */
        post: operations["ContinueCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Tasks, newest first. Filters of different names must all hold; of the values of one name, one. */
        get: operations["ListTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Does the same to many tasks. Each is decided by itself, with the permissions of the caller, and each has a result. */
        post: operations["BulkTasks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{taskId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One task in full, with its prompt, its hold and its change. */
        get: operations["GetTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{taskId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description All that happened to a task, oldest first. */
        get: operations["ListTaskEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{taskId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Cancels a task. What waits is cancelled at once; what runs is stopped as far as the provider can, and the task's events say what was stopped and what was not. A task that has settled is refused with 409; one that is being cancelled is answered as it is. */
        post: operations["CancelTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{taskId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Tries a task again that failed, was cancelled, was closed or changed nothing: it goes back to the queue, and its next attempt starts when it is admitted. `retry` of the task says what becomes of a change that is still open: a task never has two. It takes the permission to cancel the task. A task in any other state is refused with 409. */
        post: operations["RetryTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{taskId}/resolve-start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Says of a task whose start could not be decided whether its agent started: one of the `choices` of its hold. It takes the permission to cancel the task. Where the task is not undecided, or somebody else decided first, it is refused with 409. */
        post: operations["ResolveStart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description All that happened in the portal, newest first. Filters of different names must all hold; of the values of one name, one. It takes the permission to read the audit. */
        get: operations["ListEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Whether the providers and code hosts answer, and how full the queue is. */
        get: operations["GetStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description How deep the queue is for each team, what holds it, and who has the slots. */
        get: operations["GetQueue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description How deep the queue was, in at most 300 samples evenly spread over the hours asked for. There is a sample a minute for 2 days and one an hour for 60 days. */
        get: operations["GetQueueHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue/running": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The tasks that hold a run slot and that the caller may see, the oldest first, with how long they have been at work and how long their template usually takes. */
        get: operations["ListRunningTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/brakes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The brakes that are on. */
        get: operations["ListBrakes"];
        put?: never;
        /** @description Holds back what is queued for the portal, a provider, a template or a team. What runs goes on, unless `stopRunning` is true: then it is cancelled. */
        post: operations["PullBrake"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/brakes/{brakeId}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Takes a brake off. One that is off already is answered as it is. */
        post: operations["ReleaseBrake"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The groups that have tasks or limits of their own, and the groups above them, with their budget in short; by name. */
        get: operations["ListTeams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{kind}/{namespace}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The limits of a group, what is taken of them and by which tasks, and what the caller may do. A group of the catalog that has no task yet is answered with the limits that it would have. */
        get: operations["GetTeam"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{kind}/{namespace}/{name}/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** @description Sets those limits of a group that the body names; `null` goes back to the default. They hold at once for what is queued, and what runs goes on. Who may lower the limits of a team may send values that are at most those in force; everything else needs the permission to manage limits. Answers 409 where somebody changed them since `expectedVersion` was read. */
        put: operations["SetTeamLimits"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{kind}/{namespace}/{name}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Admits no more tasks of a group, or of the teams below it. What runs goes on. A pause that is on is replaced. */
        post: operations["PauseTeam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{kind}/{namespace}/{name}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Ends a pause. A team that is not paused is answered as it is. */
        post: operations["ResumeTeam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/triggers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The triggers, by name, with their last run and what they have used of their caps. */
        get: operations["ListTriggers"];
        put?: never;
        /** @description Makes a trigger. Its name is unique, so that a repeated call makes one. A schedule that never fires, or more often than once a minute, and an expression that cannot be read are refused with the reason. */
        post: operations["CreateTrigger"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/triggers/{triggerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One trigger. */
        get: operations["GetTrigger"];
        /** @description Replaces what a trigger does. Its type stays. Answers 409 where somebody changed it since `expectedVersion` was read. */
        put: operations["UpdateTrigger"];
        post?: never;
        /** @description Removes a trigger with its runs. What it launched stays, and still names it. */
        delete: operations["DeleteTrigger"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/triggers/{triggerId}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Launches nothing by a trigger. What it would have launched is noted, and not made up for. */
        post: operations["PauseTrigger"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/triggers/{triggerId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Ends a pause. A trigger that is not paused is answered as it is. */
        post: operations["ResumeTrigger"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/triggers/{triggerId}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Runs a schedule now, within its caps. The same Idempotency-Key by the same caller runs it once. A webhook runs when it is called. */
        post: operations["RunTrigger"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/triggers/{triggerId}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description What a trigger did and did not launch, newest first, with the reason. */
        get: operations["ListTriggerRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hooks/{triggerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Takes a webhook in, signed with HMAC SHA-256: as GitHub does it, or over `timestamp.body` with `X-Agent-Tasks-Signature` and `X-Agent-Tasks-Timestamp`. What is taken in is answered 202 whatever becomes of it, and everything else 403, with the same words. */
        post: operations["ReceiveHook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Error: {
            error: {
                name: string;
                message: string;
            };
            request?: {
                method?: string;
                url?: string;
            };
            response: {
                statusCode: number;
            };
        };
        JsonObject: {
            [key: string]: unknown;
        };
        Template: {
            /** @description Unique; the name in URLs and filters. */
            name: string;
            entityRef: string;
            title: string;
            description?: string;
            type: string;
            /** @description Entity ref. */
            owner: string;
            tags?: string[];
            /** @description The newest revision; a launch is pinned to it. */
            revision: number;
            parameters: components["schemas"]["JsonObject"];
            /** @description The prompt before rendering. */
            prompt: string;
            origin: components["schemas"]["TemplateOrigin"];
            /** @description Of one from the catalog: where its source can be read. */
            sourceUrl?: string;
            paused?: components["schemas"]["TemplatePaused"];
            /** Format: date-time */
            archivedAt?: string;
            /**
             * Format: date-time
             * @description When the newest revision was written.
             */
            updatedAt: string;
            /** @description Who wrote it; absent where it came from the catalog. */
            updatedBy?: string;
            constraints?: components["schemas"]["TemplateConstraints"];
            execution?: components["schemas"]["TemplateExecution"];
            review?: components["schemas"]["TemplateReview"];
            batching?: components["schemas"]["TemplateBatching"];
            rollout?: components["schemas"]["Rollout"];
            /** @description Catalog filters of which an entity has to match one. */
            appliesTo?: components["schemas"]["JsonObject"][];
            statistics: components["schemas"]["TemplateStatistics"];
        };
        /**
         * @description Where it is written: in git, and so read-only here, or in the portal.
         * @enum {string}
         */
        TemplateOrigin: "catalog" | "portal";
        /** @description Nothing of the template starts. */
        TemplatePaused: {
            reason: string;
            /** @description Entity ref of the user or the service. */
            by: string;
            /** Format: date-time */
            since: string;
            /**
             * Format: date-time
             * @description When it ends by itself; absent: when somebody ends it.
             */
            until?: string;
        };
        /** @description What became of tasks: of a template those of the last 60 days, of a revision all. What is not known is absent. */
        TemplateStatistics: {
            tasks: number;
            merged: number;
            closed: number;
            failed: number;
            /** @description Of the tasks whose agent came to an end, the share that did not fail: 0 to 1. */
            successRate?: number;
            /** @description Of the changes that were merged or closed, the share that was merged: 0 to 1. */
            mergeRate?: number;
            /** @description From start to the end of the agent's work; absent before the first. */
            medianRunSeconds?: number;
            /** @description From when a change could be reviewed until it was merged or closed. */
            medianReviewSeconds?: number;
            /** @description What the reviews of its changes took people, by the estimate of the template. */
            reviewMinutes?: number;
            /** @description What the provider said that the runs cost; absent where it said nothing. */
            aiCredits?: number;
        };
        TemplateConstraints: {
            allowedPaths?: string[];
            forbiddenPaths?: string[];
            maxChangedFiles?: number;
            maxChangedLines?: number;
            forbiddenSecrets?: string[];
        };
        TemplateExecution: {
            timeoutSeconds?: number;
            maxAttempts?: number;
            queueTimeoutSeconds?: number;
            reviewTimeoutSeconds?: number;
            /** @enum {string} */
            priority?: "low" | "normal" | "high";
        };
        TemplateReview: {
            autoMerge?: boolean;
            estimatedMinutes?: number;
            reviewers?: string[];
            requireApproval?: boolean;
            minApprovals?: number;
        };
        TemplateBatching: {
            perRepository?: boolean;
            windowSeconds?: number;
        };
        /** @description In which waves a campaign goes, and what stops it. */
        Rollout: {
            /** @description How many tasks have been released when each wave has: a number, or a share such as `25%`. Ascending; the last is `100%`. */
            waves?: (number | string)[];
            /**
             * @description Whether the next wave follows by itself, which is the default, or after somebody approved it.
             * @enum {string}
             */
            continue?: "automatic" | "approval";
            /** @description How long it waits after all tasks of a wave have settled. */
            soakSeconds?: number;
            /** @description Shares of the settled tasks of the released waves beyond which no further wave is released. */
            stopOn?: {
                failedPercent?: number;
                closedPercent?: number;
                revertedPercent?: number;
                checksFailedPercent?: number;
                minTasks?: number;
            };
        };
        TemplateProblem: {
            line: number;
            column: number;
            /** @description JSON Pointer to what is wrong; empty for the whole. */
            path: string;
            /** @description What is wrong, and what to do. */
            message: string;
            /**
             * @description A template with an error is not saved.
             * @enum {string}
             */
            severity: "error" | "warning";
        };
        CreateTemplateRequest: {
            yaml: components["schemas"]["TemplateText"];
        };
        /** @description A template as YAML, of at most 256 kB. */
        TemplateText: string;
        ReviseTemplateRequest: {
            yaml: components["schemas"]["TemplateText"];
            /** @description The current revision that the text was made from. */
            expectedRevision: number;
            /**
             * @description Keeps the current revision current; this one can be tried, by the `revision` of a launch.
             * @default false
             */
            draft?: boolean;
        };
        ValidateTemplateRequest: {
            /** @description Any text. */
            yaml: string;
        };
        TemplateValidation: {
            problems: components["schemas"]["TemplateProblem"][];
        };
        /** @description Either `yaml`, or `name` and perhaps `revision`. */
        PreviewTemplateRequest: {
            yaml?: string;
            name?: string;
            /** @description Default: the current one. */
            revision?: number;
            component: string;
            parameters: components["schemas"]["JsonObject"];
        };
        TemplatePreview: {
            prompt?: components["schemas"]["Prompt"];
            /** @description Of the text; with an error among them there is no prompt. */
            problems: components["schemas"]["TemplateProblem"][];
            /** @description Why the parameters do not fit, in sentences; then there is no prompt. */
            parameterProblems: string[];
            repository?: components["schemas"]["Repository"];
            /** @description Entity ref of the Group. */
            team?: string;
            exclusion?: components["schemas"]["Exclusion"];
        };
        TemplateRevisionSummary: {
            number: number;
            /** Format: date-time */
            createdAt: string;
            /** @description Absent where it came from the catalog. */
            createdBy?: string;
            /** @description It was written to be tried alone. */
            draft: boolean;
            current: boolean;
            statistics: components["schemas"]["TemplateStatistics"];
        };
        TemplateRevisionList: {
            items: components["schemas"]["TemplateRevisionSummary"][];
        };
        TemplateRevision: {
            /** @description Name of the template. */
            template: string;
            number: number;
            /** Format: date-time */
            createdAt: string;
            createdBy?: string;
            draft: boolean;
            current: boolean;
            statistics: components["schemas"]["TemplateStatistics"];
            title: string;
            parameters: components["schemas"]["JsonObject"];
            prompt: string;
            /** @description As it was written; of one from the catalog as it is made of what the catalog holds. */
            yaml: string;
        };
        PauseTemplateRequest: {
            reason: string;
            /**
             * Format: date-time
             * @description When it ends by itself; absent: when somebody ends it.
             */
            until?: string;
        };
        EmptyRequest: Record<string, never>;
        TemplateList: {
            items: components["schemas"]["Template"][];
        };
        /** @description Exactly one of `components` and `selection` says what the launch is for. */
        PlanRequest: {
            /** @description Name of the template. */
            template: string;
            components?: components["schemas"]["ComponentRefs"];
            selection?: components["schemas"]["Selection"];
            parameters: components["schemas"]["JsonObject"];
            revision?: components["schemas"]["ChosenRevision"];
            priority?: components["schemas"]["Priority"];
            rollout?: components["schemas"]["Rollout"];
            /** @description Repositories, as `host/owner/name`, whose prompts are told beside those of the first 20 tasks. */
            promptsFor?: string[];
        };
        /** @description Exactly one of `components` and `selection` says what the launch is for. */
        LaunchRequest: {
            template: string;
            components?: components["schemas"]["ComponentRefs"];
            selection?: components["schemas"]["Selection"];
            parameters: components["schemas"]["JsonObject"];
            revision?: components["schemas"]["ChosenRevision"];
            priority?: components["schemas"]["Priority"];
            rollout?: components["schemas"]["Rollout"];
            expected?: components["schemas"]["PlanOutline"];
            /**
             * @description Launch even where the plan has changed since `expected`.
             * @default false
             */
            acceptChanges?: boolean;
        };
        /** @description 1 to 50,000 entity refs, such as `component:default/payments-api`. */
        ComponentRefs: string[];
        /** @description The components that match now: a filter, a search or both, less those excluded. It is resolved again at launch, and saved with the campaign. */
        Selection: {
            /** @description Filters of the catalog, of which one must match. In each all keys must match, such as `relations.ownedBy`, `spec.system`, `metadata.tags` or `metadata.annotations.x`; of the values of a key one, without values any. Without the key `kind` it selects components. */
            filter?: {
                [key: string]: string[];
            }[];
            /** @description A part of the name or title, as in the catalog's own search. */
            search?: string;
            /** @description Entity refs to leave out of what matches. */
            exclude?: string[];
        };
        /** @description Revision of the template; default: the newest. Another one needs the permission agent-tasks.template.manage. */
        ChosenRevision: number;
        /**
         * @description Place among the tasks of a team; a level is worth an hour of waiting. Default: the template's, else normal.
         * @enum {string}
         */
        Priority: "low" | "normal" | "high" | "urgent";
        /** @description What the requester saw in the plan, so that nothing else is launched. Sent back as it was received. */
        PlanOutline: {
            templateRevision: number;
            /** @description Of a plan of at most 1,000 tasks: all of them. Of a larger one `digest` stands for them. */
            tasks?: {
                repository: string;
                team: string;
                components: string[];
            }[];
            /** @description SHA-256 of the tasks, as hexadecimal digits. */
            digest?: string;
            counts?: {
                tasks: number;
                components: number;
            };
        };
        Repository: {
            /** @description `host/owner/name` */
            ref: string;
            url: string;
        };
        Plan: {
            template: {
                name: string;
                title: string;
                revision: number;
            };
            summary: components["schemas"]["PlanSummary"];
            /** @description By wave, repository and team; of more than 1,000 the first. `summary` counts all. */
            tasks: components["schemas"]["PlannedTask"][];
            /** @description Of more than 1,000 the first. `summary` counts all. */
            excluded: components["schemas"]["Exclusion"][];
            /** @description What could not be checked, in sentences. */
            warnings: string[];
            outline: components["schemas"]["PlanOutline"];
        };
        PlanSummary: {
            /** @description Components that the launch is for, without those excluded. */
            components: number;
            repositories: number;
            tasks: number;
            excluded: number;
            /** @description Excluded components by reason, the most frequent first. */
            byReason: {
                reason: components["schemas"]["ExclusionReason"];
                count: number;
            }[];
            /** @description What each team will have to review, the most first. */
            teams: {
                team: string;
                tasks: number;
                /** @description Estimated; 0 for changes that need no review. */
                reviewMinutes: number;
                /** @description Review minutes taken now, and the limit; absent where there is none. */
                minutesBudget?: components["schemas"]["Slots"];
                /** @description Open changes now, and the limit; absent where there is none. */
                openChanges?: components["schemas"]["Slots"];
            }[];
            firstStart?: components["schemas"]["PlanMoment"];
            lastStart?: components["schemas"]["PlanMoment"];
            firstReview?: components["schemas"]["PlanMoment"];
            lastReview?: components["schemas"]["PlanMoment"];
            /** @description One where all tasks are released at once. */
            waves: {
                number: number;
                tasks: number;
                from: components["schemas"]["PlanMoment"];
            }[];
            /** @description Tasks for which slots would be free now. */
            willStart: number;
            willWait: number;
        };
        /** @description Without `at` nothing is known to reckon from, and the assumption says why. */
        PlanMoment: {
            /** Format: date-time */
            at?: string;
            /** @description What was assumed, in a sentence for people. */
            assumption: string;
        };
        PlannedTask: {
            repository: components["schemas"]["Repository"];
            /** @description Entity ref of the Group. */
            team: string;
            components: components["schemas"]["TaskComponent"][];
            /** @description Title of the agent's provider. */
            provider: string;
            identity: components["schemas"]["PlannedIdentity"];
            /** @description Decisions that its change needs before it is reviewed or merged. */
            gates: components["schemas"]["PlannedGate"][];
            wave: number;
            /** @description Of the first 20 tasks and of those of the repositories in `promptsFor`. */
            prompt?: components["schemas"]["Prompt"];
            /** @description Whether a slot would be free now. */
            willStart: boolean;
            hold?: components["schemas"]["Hold"];
        };
        /** @description Who asks for a task and which account acts. */
        PlannedIdentity: {
            requester: string;
            account: string;
            /** @description Id of the provider. */
            provider: string;
        };
        PlannedGate: {
            /** @enum {string} */
            gate: "constraints" | "approval" | "review";
            /** @description What it asks for, in a sentence. */
            text: string;
        };
        TaskComponent: {
            entityRef: string;
            /** @description Folder in the repository; absent for the whole of it. */
            path?: string;
        };
        Prompt: {
            /** @description What the agent is sent, without the marker. */
            text: string;
            /** @description The same text in pieces, so that what came from a parameter can be shown as such. */
            segments: {
                text: string;
                /** @description The variable that the piece came from, such as `parameters.version`. */
                source?: string;
            }[];
        };
        /** @enum {string} */
        ExclusionReason: "unknown-component" | "not-permitted" | "opted-out" | "no-owner" | "owner-not-found" | "owner-not-a-group" | "owner-ambiguous" | "no-repository" | "host-not-supported" | "repository-not-found" | "repository-archived" | "template-does-not-apply";
        Exclusion: {
            /** @description The entity ref as it was asked for. */
            component: string;
            reason: components["schemas"]["ExclusionReason"];
            /** @description What is the matter, in a sentence. */
            message: string;
            /** @description What to do about it, in a sentence. */
            remedy: string;
        };
        /** @description The reason why a task does not start. */
        Hold: {
            limit: components["schemas"]["HoldReason"];
            message: string;
            used?: number;
            max?: number;
            /** @description Every limit that holds the task, of which `limit` is the first. The task starts when none does. */
            limits?: components["schemas"]["HoldLimit"][];
            expectedStart?: components["schemas"]["ExpectedStart"];
            /** @description Of an undecided start: what a person can decide, and what each choice risks. */
            choices?: components["schemas"]["StartChoice"][];
            /** @description Place among the queued tasks of its team; 1 is next. */
            position?: number;
            /**
             * Format: date-time
             * @description When it is looked at again, where that is known.
             */
            until?: string;
            /** @description Tasks that hold the slots, at most 50. */
            holders?: components["schemas"]["SlotHolder"][];
        };
        /**
         * @description What holds a task: a limit, named by whose it is and what it counts, or something else. Of a limit: `running` counts run slots, `changes` open agent changes, `minutes` their estimated review minutes, `auto` changes that need no review, `checks` changes whose checks are pending, `day` tasks admitted since midnight UTC, `starts` starts within a minute. `wave`: its wave of the campaign has not begun.
         * @enum {string}
         */
        HoldReason: "brake" | "wave" | "team-paused" | "portal-running" | "provider-running" | "account-running" | "repository-running" | "team-running" | "group-running" | "cohort-running" | "repository-changes" | "team-changes" | "group-changes" | "team-minutes" | "group-minutes" | "repository-auto" | "team-auto" | "group-auto" | "portal-checks" | "team-day" | "group-day" | "account-starts" | "account-blocked" | "provider-unavailable" | "retry-later" | "undecided-start" | "wave" | "batching";
        SlotHolder: {
            taskId: string;
            team: string;
            repository: string;
        };
        HoldLimit: {
            limit: components["schemas"]["HoldReason"];
            /** @description Whose limit it is: repository, team, group, cohort, account or provider. Absent for the portal. */
            subject?: string;
            /** @description Absent where it is not known. */
            used?: number;
            max: number;
            /** @description What frees it, in a sentence. */
            message: string;
            /** @description Tasks that hold the slots and that the caller may see, at most 5, the oldest first. */
            holders?: components["schemas"]["SlotHolder"][];
        };
        /** @description When a queued task is expected to start. Without `at`: nothing is known to reckon from, and the assumption says why. */
        ExpectedStart: {
            /** Format: date-time */
            at?: string;
            /**
             * Format: date-time
             * @description Where runs are as short as the shortest quarter of those measured.
             */
            earliest?: string;
            /**
             * Format: date-time
             * @description Where they are as long as the longest quarter.
             */
            latest?: string;
            /** @description What was assumed, in a sentence for people. */
            assumption: string;
            basis: {
                /** @description Runs that the times come from. */
                runsMeasured: number;
                medianRunSeconds?: number;
                medianReviewSeconds?: number;
                /** @description Slots of the limit that the task waits for longest. */
                slots: number;
            };
        };
        StartChoice: {
            choice: components["schemas"]["StartAnswer"];
            /** @description What it does, in a sentence. */
            effect: string;
            /** @description What happens where it is wrong. */
            risk: string;
        };
        /** @enum {string} */
        StartAnswer: "not-started" | "started";
        ResolveStartRequest: {
            choice: components["schemas"]["StartAnswer"];
            /** @description With `started`: the provider's id of the task that it started. This or `providerTaskUrl` is required then. */
            providerTaskId?: string;
            /** @description With `started`: the page of the task at the provider, as the provider gives it. */
            providerTaskUrl?: string;
        };
        /**
         * @description Waiting: held, queued, starting, undecided. Working: running, needs_input, cancelling. With people: in_review. Settled: merged, closed, no_change, failed, cancelled, joined. `held` waits for its wave or its batching window, `joined` went into another task.
         * @enum {string}
         */
        TaskState: "held" | "queued" | "starting" | "undecided" | "running" | "needs_input" | "in_review" | "cancelling" | "merged" | "closed" | "no_change" | "failed" | "cancelled" | "joined";
        Campaign: {
            id: string;
            state: components["schemas"]["CampaignState"];
            taskCount: number;
            priority: components["schemas"]["Priority"];
            /** @description What was asked for, as it was asked for. */
            selection?: {
                components?: string[];
                selection?: components["schemas"]["JsonObject"];
            };
            trigger?: components["schemas"]["CampaignTrigger"];
            rollout: components["schemas"]["Rollout"];
            waves: components["schemas"]["CampaignWave"][];
            /** @description By team, the one with the most tasks first. */
            teams: {
                team: string;
                tasks: number;
                /** @description The group is not in the catalog any more. */
                gone?: boolean;
                states: components["schemas"]["StateCounts"];
            }[];
            paused?: components["schemas"]["CampaignPause"];
            cancelled?: {
                reason: string;
                by: string;
                /** Format: date-time */
                at: string;
            };
            expectedEnd?: {
                /** Format: date-time */
                at: string;
                assumption: string;
            };
            /** @description What the caller may do with the whole campaign now. */
            can: {
                /** @description Also to pause, resume and retry. */
                cancel: boolean;
                /** @description To approve waves, to go on after a stop, to change the priority. */
                approve: boolean;
                /** @description To add components. */
                create: boolean;
            };
            template: components["schemas"]["TemplatePin"];
            parameters: components["schemas"]["JsonObject"];
            /** @description Entity ref of the user or `external:…` of the service. */
            requester: string;
            /** Format: date-time */
            createdAt: string;
            /** @description Ids of the first 100 tasks, in the order of their launch. */
            tasks: string[];
            /** @description Number of tasks by state. */
            states: {
                [key: string]: number;
            };
            excluded: components["schemas"]["Exclusion"][];
        };
        /** @description Number of tasks by state. */
        StateCounts: {
            [key: string]: number;
        };
        /** @enum {string} */
        CampaignState: "running" | "paused" | "waiting_for_approval" | "stopped" | "finished" | "cancelled";
        CampaignTrigger: {
            id: string;
            name: string;
            /** @description Entity ref. */
            owner: string;
        };
        CampaignPause: {
            reason: string;
            by: string;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until?: string;
        };
        CampaignWave: {
            number: number;
            /** @description As the rollout has it: tasks up to and with this wave, such as `5` or `25%`. */
            size: string;
            /** @description Tasks of this wave alone. */
            tasks: number;
            states: components["schemas"]["StateCounts"];
            /**
             * @description `waiting_for_approval` is the wave that may be approved.
             * @enum {string}
             */
            state: "waiting" | "running" | "soaking" | "waiting_for_approval" | "stopped" | "done";
            /** Format: date-time */
            releasedAt?: string;
            /**
             * Format: date-time
             * @description Of a wave that soaks: when the next one begins or asks for approval.
             */
            continuesAt?: string;
            approvedBy?: string;
            /** @description Who went on after the stop. */
            continuedBy?: string;
            stop?: components["schemas"]["CampaignStop"];
        };
        /** @description Why a rule stopped the campaign. */
        CampaignStop: {
            /** @enum {string} */
            rule: "failed" | "closed" | "reverted" | "checks_failed";
            /** Format: date-time */
            at: string;
            actualPercent: number;
            limitPercent: number;
            /** @description Tasks of which the share was taken: those whose outcome is known. */
            counted: number;
            /** @description In a sentence. */
            message: string;
            /** @description The tasks that count, at most 20. */
            evidence: {
                taskId: string;
                repository: string;
                /** @description What happened, in a sentence. */
                what: string;
            }[];
        };
        CampaignSummary: {
            id: string;
            template: components["schemas"]["TemplatePin"];
            requester: string;
            /** Format: date-time */
            createdAt: string;
            state: components["schemas"]["CampaignState"];
            taskCount: number;
            priority: components["schemas"]["Priority"];
            states: components["schemas"]["StateCounts"];
            waves: {
                released: number;
                total: number;
            };
            trigger?: components["schemas"]["CampaignTrigger"];
            paused?: components["schemas"]["CampaignPause"];
            /** @description Why a rule stopped it, in a sentence. */
            stop?: string;
        };
        CampaignList: {
            items: components["schemas"]["CampaignSummary"][];
            nextCursor?: string;
        };
        CampaignBurndown: {
            /** @description How it went, oldest first; the last point is now, or the end. */
            points: {
                /** Format: date-time */
                at: string;
                open: number;
                settled: number;
            }[];
            /** @description What was expected when it was launched; empty where nothing was known to reckon from. */
            planned: components["schemas"]["CampaignOpen"][];
            /** @description From now on; empty where it has ended, or nothing is known to reckon from. */
            forecast: components["schemas"]["CampaignOpen"][];
        };
        CampaignOpen: {
            /** Format: date-time */
            at: string;
            open: number;
        };
        PauseCampaignRequest: {
            reason: string;
            /** Format: date-time */
            until?: string;
        };
        CancelCampaignRequest: {
            reason: string;
        };
        ContinueCampaignRequest: {
            reason: string;
        };
        RetryCampaignRequest: {
            tasks?: string[];
        };
        CampaignPriorityRequest: {
            priority: components["schemas"]["Priority"];
            tasks?: string[];
        };
        /** @description Exactly one of `components` and `selection`. */
        AddComponentsRequest: {
            components?: string[];
            selection?: components["schemas"]["Selection"];
            expected?: components["schemas"]["PlanOutline"];
            /** @default false */
            acceptChanges?: boolean;
        };
        BulkTaskRequest: {
            /** @enum {string} */
            action: "cancel" | "retry" | "priority";
            tasks: string[];
            reason?: string;
            priority?: components["schemas"]["Priority"];
        };
        BulkTaskResults: {
            results: {
                taskId: string;
                ok: boolean;
                /** @description Why not, in a sentence. */
                message?: string;
            }[];
            /** @description Tasks that were not looked at, because there are too many for once. */
            remaining?: number;
        };
        TemplatePin: {
            name: string;
            title: string;
            revision: number;
        };
        Task: {
            id: string;
            campaignId: string;
            state: components["schemas"]["TaskState"];
            /** Format: date-time */
            stateSince: string;
            /** @description Why it is in this state, in a sentence. */
            stateReason?: string;
            template: components["schemas"]["TemplatePin"];
            team: string;
            repository: components["schemas"]["Repository"];
            components: components["schemas"]["TaskComponent"][];
            provider: string;
            requester: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** Format: date-time */
            settledAt?: string;
            priority?: components["schemas"]["Priority"];
            /** @description Of its campaign. */
            wave?: number;
            /** @description Of a `joined` task: the task that it went into. */
            joinedTo?: string;
            change?: components["schemas"]["Change"];
        };
        TaskDetails: {
            task: components["schemas"]["Task"];
            parameters: components["schemas"]["JsonObject"];
            prompt: components["schemas"]["Prompt"];
            hold?: components["schemas"]["Hold"];
            attempts: components["schemas"]["Attempt"][];
            /** @description What the caller may do with this task now. */
            permissions: {
                cancel: boolean;
            };
            retry?: components["schemas"]["RetryOutlook"];
        };
        /** @description What it does to try a task again. Absent where it cannot be tried again now or the caller may not. */
        RetryOutlook: {
            /** @description The number of the attempt that follows. */
            attempt: number;
            /**
             * @description Its agent begins anew; or it goes on in the change that is open; or that change is closed first, and the agent begins anew.
             * @enum {string}
             */
            will: "start_anew" | "continue_change" | "close_change";
            /** @description The change that is open. */
            change?: {
                number?: number;
                url: string;
            };
            /** @description What is not certain of the attempts before. */
            warning?: string;
        };
        Attempt: {
            /** @description The marker in the prompt. */
            id: string;
            number: number;
            /** @enum {string} */
            state: "intended" | "requested" | "confirmed" | "refused" | "withdrawn" | "ended";
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            confirmedAt?: string;
            /** Format: date-time */
            endedAt?: string;
            /** @description The task's page at the provider. */
            url?: string;
            /** @description Start requests that left for the provider. */
            requests?: number;
            /** @description What went wrong last, in a sentence. */
            problem?: string;
            aiCredits?: number;
        };
        Change: {
            id: string;
            /** @enum {string} */
            state: "found" | "open" | "merged" | "closed";
            draft: boolean;
            number?: number;
            url?: string;
            title?: string;
            headCommit?: string;
            additions?: number;
            deletions?: number;
            changedFiles?: number;
            /** @enum {string} */
            checks?: "none" | "pending" | "passed" | "failed";
            /** @enum {string} */
            review?: "none" | "required" | "approved" | "changes_requested";
            mergedBy?: string;
            /** Format: date-time */
            openedAt?: string;
            /** Format: date-time */
            settledAt?: string;
            /**
             * Format: date-time
             * @description When the host was last read.
             */
            seenAt?: string;
        };
        TaskList: {
            items: components["schemas"]["Task"][];
            nextCursor?: string;
            previousCursor?: string;
        };
        TaskEvent: {
            id: string;
            /** Format: date-time */
            at: string;
            /** @description Such as `task.launched`, `task.admitted`, `start.requested`, `change.merged`. */
            type: string;
            /** @description Who: an entity ref, `system`, or `provider:…`, `host:…`. */
            actor: string;
            fromState?: components["schemas"]["TaskState"];
            toState?: components["schemas"]["TaskState"];
            /** @description A plain sentence. */
            message: string;
            details: components["schemas"]["JsonObject"];
        };
        TaskEventList: {
            items: components["schemas"]["TaskEvent"][];
            nextCursor?: string;
        };
        /** @description Something that happened, with what it happened to. */
        AuditEvent: {
            id: string;
            /** Format: date-time */
            at: string;
            /** @description Such as `campaign.launched` or `brake.pulled`. */
            type: string;
            /** @description Who: an entity ref, `system`, or `trigger:…`, `external:…`, `provider:…`, `host:…`. */
            actor: string;
            /** @description Entity ref of who answers for an actor that is no person, such as a trigger. */
            owner?: string;
            /** @description Entity ref of the group whose task, limits or brake it was. */
            team?: string;
            campaignId?: string;
            taskId?: string;
            /** @description Of the task, such as `github.com/acme/shop`. */
            repository?: string;
            fromState?: components["schemas"]["TaskState"];
            toState?: components["schemas"]["TaskState"];
            /** @description A plain sentence. */
            message: string;
            details: components["schemas"]["JsonObject"];
        };
        AuditEventList: {
            items: components["schemas"]["AuditEvent"][];
            nextCursor?: string;
        };
        Status: {
            remotes: {
                id: string;
                title: string;
                /** @enum {string} */
                role: "provider" | "code-host";
                /** @enum {string} */
                state: "unknown" | "available" | "unavailable";
                /** Format: date-time */
                since?: string;
                /** @description What failed and what to do. */
                message?: string;
            }[];
            queue: {
                queued: number;
                /** @description Run slots taken. */
                running: number;
                limit: number;
            };
        };
        /** @enum {string} */
        BrakeScope: "portal" | "provider" | "template" | "campaign" | "team";
        BrakeRequest: {
            scope: components["schemas"]["BrakeScope"];
            /** @description Id of the provider or of the campaign, name of the template, or entity ref of the team; absent for the portal. */
            subject?: string;
            reason: string;
            /**
             * Format: date-time
             * @description When it comes off by itself; absent: when somebody releases it.
             */
            until?: string;
            /** @default false */
            stopRunning?: boolean;
        };
        Brake: {
            id: string;
            scope: components["schemas"]["BrakeScope"];
            subject?: string;
            reason: string;
            /** @description Entity ref of the user or the service. */
            pulledBy: string;
            /** Format: date-time */
            pulledAt: string;
            /** Format: date-time */
            until?: string;
            releasedBy?: string;
            /** Format: date-time */
            releasedAt?: string;
            active: boolean;
            /** @description Whether the caller may release it. */
            mayRelease: boolean;
            /** @description Tasks that were cancelled when it was pulled; in the answer to that alone. */
            stopped?: number;
        };
        BrakeList: {
            items: components["schemas"]["Brake"][];
            /** @description What the caller may pull a brake on. */
            mayPull: {
                everything: boolean;
                /** @description Teams of the queue, where not everything. */
                teams: string[];
            };
        };
        Slots: {
            used: number;
            max: number;
        };
        Queue: {
            /** @description False: how many slots are taken is not known, and nothing starts. */
            known: boolean;
            running: components["schemas"]["Slots"];
            /** @description Teams that have something queued, at work or open; the deepest queue first. */
            teams: {
                team: string;
                /** @description Its part of what the teams share is its weight over the sum of theirs. */
                weight: number;
                /** @description Parts of all run slots that are taken, from 0 to 1. A team may have less than is fair where a limit holds it, or where it has no more to do. */
                share: {
                    /** @description By weight, of the teams that have something queued or at work. */
                    fair: number;
                    actual: number;
                };
                /** @description The teams among which it borrows and lends run slots. */
                cohort?: string;
                /** @description Run slots that it has beyond its own, from its cohort. */
                borrowed: number;
                /** @description Run slots of its own that others of its cohort have now. */
                lent: number;
                queued: number;
                /** Format: date-time */
                oldestQueuedAt?: string;
                running: components["schemas"]["Slots"];
                changes: components["schemas"]["Slots"];
                /** @description Number of queued tasks by the limit that holds them; `next` are those that nothing holds. */
                holds: {
                    [key: string]: number;
                };
            }[];
            /** @description What holds tasks back, and how many: the 100 that hold most, most first. */
            holds: {
                limit: components["schemas"]["HoldReason"];
                /** @description Whose limit it is: repository, team, group, cohort, account or provider. */
                subject?: string;
                /** @description Of the repository, where the subject is one. */
                url?: string;
                used?: number;
                max?: number;
                tasks: number;
            }[];
            brakes: components["schemas"]["Brake"][];
            /** @description Changes whose checks are pending, and tasks at work that will make one. */
            checks: {
                pending: number;
                /** @description Absent where there is no limit. */
                max?: number;
            };
            throughput: {
                lastHour: components["schemas"]["Throughput"];
                lastDay: components["schemas"]["Throughput"];
            };
            /** @description What the accounts at the providers can take. */
            accounts: components["schemas"]["AccountHealth"][];
            forecastScore: components["schemas"]["ForecastScore"];
        };
        Throughput: {
            /** @description Tasks whose agent started to work. */
            startedPerHour: number;
            /** @description Tasks that came to their end, whatever it was. */
            settledPerHour: number;
        };
        AccountHealth: {
            /** @description Id of the provider. */
            provider: string;
            account: string;
            startsLeftThisMinute?: number;
            /** @description What it may still create within the hour: tasks, comments, pull requests. */
            contentLeftThisHour?: number;
            /** @description Of its full rate of starts, from 0 to 1: below 1 it was slowed down, and recovers. */
            factor: number;
            /** @description Open: nothing is started. Half open: one start is tried. */
            breaker: {
                /** @enum {string} */
                state: "closed" | "open" | "half-open";
                /** Format: date-time */
                until?: string;
            };
            lastError?: {
                /** Format: date-time */
                at: string;
                message: string;
            };
            /**
             * Format: date-time
             * @description When the provider said to come back.
             */
            blockedUntil?: string;
        };
        /** @description How good the expected starts were that were told first, of the tasks that have started since. */
        ForecastScore: {
            /** @description Days that it looks back. */
            days: number;
            /** @description Starts that had been forecast. */
            starts: number;
            /** @description Part of them that started between `earliest` and `latest`, from 0 to 1. Absent before the first. */
            withinInterval?: number;
            /** @description Median of the distance between the start and the time that was told. Absent before the first. */
            medianErrorSeconds?: number;
        };
        QueueHistory: {
            /** @description The teams that had most in the queue, at most 8, deepest first. */
            teams: string[];
            samples: {
                /** Format: date-time */
                at: string;
                queued: number;
                /** @description Run slots taken. */
                running: number;
                /** @description Queued tasks of each of `teams`, in their order. */
                byTeam: number[];
                /** @description Queued tasks of all other teams. */
                other: number;
            }[];
        };
        RunningTask: {
            id: string;
            team: string;
            repository: components["schemas"]["Repository"];
            template: {
                name: string;
                title: string;
            };
            /** @description Title of the provider. */
            provider: string;
            state: components["schemas"]["TaskState"];
            /**
             * Format: date-time
             * @description When the agent started; before it has, when the task was admitted.
             */
            startedAt: string;
            elapsedSeconds: number;
            /** @description How long runs of this template take, from start to the end of the agent's work. Absent where none was measured. */
            medianSeconds?: number;
        };
        RunningTaskList: {
            items: components["schemas"]["RunningTask"][];
            nextCursor?: string;
        };
        TeamUsage: {
            /** @description Of a parent group: the sum of the teams below it. */
            used: number;
            /** @description Absent: there is no limit. */
            max?: number;
        };
        TeamReviewUsage: {
            /** @description With what was opened elsewhere. Of a parent group: the sum of the teams below it. */
            used: number;
            /** @description Absent: there is no limit. */
            max?: number;
            /** @description The part of `used` that is due to changes which agents opened elsewhere in the repositories of the team. */
            foreign: number;
        };
        TeamRunningUsage: {
            used: number;
            /** @description The nominal number, and what the team may borrow. Absent: there is no limit. */
            max?: number;
            /** @description Its own slots. */
            nominal?: number;
            /** @description Slots beyond the own ones that it has from its cohort. */
            borrowed: number;
            /** @description Own slots that others of its cohort have. */
            lent: number;
            cohort?: string;
        };
        TeamPause: {
            reason: string;
            /** @description Entity ref of the user or the service. */
            by: string;
            /** Format: date-time */
            at: string;
            /**
             * Format: date-time
             * @description When it ends by itself; absent: when somebody ends it.
             */
            until?: string;
            /** @description Whether the caller may end it. Who may only lower limits may not end the pause of somebody who manages them. */
            mayResume: boolean;
        };
        TeamSummary: {
            /** @description Entity ref of the group. */
            team: string;
            title?: string;
            /** @description The catalog no longer has it. */
            gone: boolean;
            /** @description There are groups below it. */
            isParent: boolean;
            paused: boolean;
            queued: number;
            running: components["schemas"]["TeamUsage"];
            changes: components["schemas"]["TeamReviewUsage"];
            reviewMinutes: components["schemas"]["TeamReviewUsage"];
            cohort?: string;
            /** @description Somebody set limits of its own. */
            limitsSet: boolean;
        };
        TeamList: {
            /** @description False: how many slots are taken is not known, and nothing starts. */
            known: boolean;
            items: components["schemas"]["TeamSummary"][];
        };
        TeamNumberSetting: {
            /** @description Absent: there is no limit. */
            value?: number;
            /**
             * @description Whether it comes from the configuration or was set.
             * @enum {string}
             */
            from: "default" | "set";
            /** @description What `null` goes back to. Absent: no limit. */
            default?: number;
            /** @description Who set it. */
            by?: string;
            /** Format: date-time */
            at?: string;
        };
        TeamTextSetting: {
            value?: string;
            /** @enum {string} */
            from: "default" | "set";
            /** @description Who set it. */
            by?: string;
            /** Format: date-time */
            at?: string;
        };
        /** @description The limits in force. Those of a parent group hold for the sum of the teams below it, and it has none by default. */
        TeamSettings: {
            running: components["schemas"]["TeamNumberSetting"];
            borrow: components["schemas"]["TeamNumberSetting"];
            cohort: components["schemas"]["TeamTextSetting"];
            openChanges: components["schemas"]["TeamNumberSetting"];
            reviewMinutes: components["schemas"]["TeamNumberSetting"];
            autoChanges: components["schemas"]["TeamNumberSetting"];
            launchesPerDay: components["schemas"]["TeamNumberSetting"];
            weight: components["schemas"]["TeamNumberSetting"];
        };
        TeamSlot: {
            /** @description Id of the task. */
            task: string;
            /** @description Its team, where a parent group was asked for. */
            team?: string;
            template: string;
            state: components["schemas"]["TaskState"];
            /** Format: date-time */
            since: string;
            /** @description host/owner/name */
            repository: string;
            /** @description Which slots it holds. */
            holds: ("running" | "changes" | "auto")[];
            /** @description Estimated minutes of its review. */
            minutes?: number;
            change?: {
                url: string;
                number?: number;
                title?: string;
            };
        };
        TeamForeignChange: {
            url: string;
            title: string;
            /** @description Login of the agent. */
            author: string;
            /** @description host/owner/name */
            repository: string;
            /** Format: date-time */
            openedAt: string;
            /** @description Estimated minutes of its review. */
            minutes: number;
        };
        TeamRelative: {
            team: string;
            title?: string;
            gone: boolean;
            paused: boolean;
            running: components["schemas"]["TeamUsage"];
            changes: components["schemas"]["TeamReviewUsage"];
            reviewMinutes: components["schemas"]["TeamReviewUsage"];
        };
        TeamDetails: {
            /** @description Entity ref of the group. */
            team: string;
            title?: string;
            /** @description The catalog no longer has it. */
            gone: boolean;
            /** @description There are groups below it. */
            isParent: boolean;
            /** @description What a person should know, in a sentence; such as that the group is gone while it holds slots. */
            problem?: string;
            /** @description False: how many slots are taken is not known, and nothing starts. */
            known: boolean;
            /** @description Of the limits and the pause; 0 where nothing was ever set. */
            version: number;
            settings: components["schemas"]["TeamSettings"];
            pause?: components["schemas"]["TeamPause"];
            queued: number;
            /** Format: date-time */
            oldestQueuedAt?: string;
            running: components["schemas"]["TeamRunningUsage"];
            changes: components["schemas"]["TeamReviewUsage"];
            reviewMinutes: components["schemas"]["TeamReviewUsage"];
            autoChanges: components["schemas"]["TeamUsage"];
            /** @description Tasks that were admitted since midnight UTC. */
            launchesToday: {
                used: number;
                /** @description Absent: there is no limit. */
                max?: number;
            };
            /** @description The change that waits longest for its review. */
            oldestWaiting?: {
                /** @description Absent: it was opened elsewhere. */
                task?: string;
                /** Format: date-time */
                since: string;
                /** @description host/owner/name */
                repository: string;
                url?: string;
                title?: string;
            };
            /** @description Tasks that hold slots and that the caller may see, those that hold one longest first; at most 200. */
            slots: components["schemas"]["TeamSlot"][];
            /** @description All tasks that hold slots, seen or not. */
            slotsTotal: number;
            /** @description The oldest first; at most 200. Empty for who may not see all tasks of the team. */
            foreignChanges: components["schemas"]["TeamForeignChange"][];
            foreignChangesTotal: number;
            /** @description The groups above it, the nearest first. */
            parents: components["schemas"]["TeamRelative"][];
            /** @description The groups directly below it that have tasks or limits, or teams that do; by name. */
            children: components["schemas"]["TeamRelative"][];
            /** @description What the caller may do. */
            permissions: {
                /** @description Send values that are at most those in force. */
                lower: boolean;
                /** @description Send any values, and change cohorts. */
                raise: boolean;
                pause: boolean;
            };
        };
        TeamLimitsRequest: {
            /** @description `version` of the team that the values were chosen for. */
            expectedVersion: number;
            /** @description For the audit log. */
            reason?: string;
            /** @description Own run slots: 0 to 10,000. */
            running?: number | null;
            /** @description Run slots beyond the own ones that it may have from its cohort: 0 to 10,000. */
            borrow?: number | null;
            /** @description Teams of one cohort lend each other idle run slots. 1 to 63 letters, digits, and - _ . between them. */
            cohort?: string | null;
            /** @description Open agent changes: 0 to 10,000. */
            openChanges?: number | null;
            /** @description Estimated review minutes of open agent changes: 0 to 100,000. */
            reviewMinutes?: number | null;
            /** @description Open changes that need no review: 0 to 10,000. */
            autoChanges?: number | null;
            /** @description Tasks that start within a day of UTC: 0 to 100,000. */
            launchesPerDay?: number | null;
            /** @description Its share beside other teams: 0.01 to 1,000; a team with twice the weight gets twice the share. */
            weight?: number | null;
        };
        TeamPauseRequest: {
            reason: string;
            /**
             * Format: date-time
             * @description When it ends by itself; absent: when somebody ends it.
             */
            until?: string;
        };
        TriggerSchedule: {
            /** @description Minute, hour, day of month, month, day of week, such as `0 6 * * 1`. */
            cron: string;
            /** @description Of the IANA database, such as `Europe/Vienna`. */
            timeZone: string;
            /** @description Each run is put off by so much at most, by its trigger and time, the same in all replicas. */
            jitterSeconds: number;
            /**
             * @description What becomes of runs that were due while the portal was down.
             * @enum {string}
             */
            missedRuns: "skip" | "run-once";
            /**
             * @description What becomes of a run while tasks of an earlier one are not settled.
             * @enum {string}
             */
            overlap: "skip" | "allow";
        };
        TriggerWebhook: {
            /** @enum {string} */
            source: "github" | "generic";
            /** @description Of GitHub, such as `push`. Required for it, and for no other source. */
            events?: string[];
            /** @description The name of a secret below `agentTasks.triggers.secrets` of the configuration, for a sender that calls the address of the trigger. Absent for GitHub: its events come through Backstage, which has verified them. */
            secret?: string;
            /** @description An expression; nothing is launched unless it is true. */
            filter?: string;
            /** @description An expression for each parameter that the event gives. */
            parameters: {
                [key: string]: string;
            };
            /** @description An expression for the entity refs of the components. Without it, and without components or a selection of the trigger, they are those of the repository that the event names. */
            components?: string;
            /** @description An expression for what the event is about; an event that is older than another of the same subject is left out. For GitHub it is known. */
            subject?: string;
        };
        TriggerCaps: {
            /** @description How many tasks it launches within any hour. */
            tasksPerHour: number;
            /** @description How many of its tasks may be open at once. */
            openAtOnce: number;
        };
        TriggerRequest: {
            /** @description Unique; its launches are asked for by `trigger:<name>`. */
            name: string;
            /** @enum {string} */
            type: "schedule" | "webhook";
            title?: string;
            description?: string;
            /** @description Entity ref of the group that answers for it, such as `group:default/payments`. */
            owner: string;
            template: string;
            parameters: components["schemas"]["JsonObject"];
            components?: string[];
            selection?: components["schemas"]["Selection"];
            /**
             * @description `owned`: components of the owner and of groups below it. `all` needs the right to launch on every component.
             * @enum {string}
             */
            scope: "owned" | "all";
            caps: components["schemas"]["TriggerCaps"];
            rollout?: components["schemas"]["Rollout"];
            schedule?: components["schemas"]["TriggerSchedule"];
            webhook?: components["schemas"]["TriggerWebhook"];
            /** @description Of a change: the version that it was made from. */
            expectedVersion?: number;
        };
        Trigger: {
            id: string;
            name: string;
            /** @enum {string} */
            type: "schedule" | "webhook";
            title?: string;
            description?: string;
            owner: string;
            template: string;
            parameters: components["schemas"]["JsonObject"];
            components?: string[];
            selection?: components["schemas"]["Selection"];
            /** @enum {string} */
            scope: "owned" | "all";
            caps: components["schemas"]["TriggerCaps"];
            usage: {
                tasksLastHour: number;
                openTasks: number;
            };
            rollout?: components["schemas"]["Rollout"];
            schedule?: components["schemas"]["TriggerSchedule"];
            webhook?: components["schemas"]["TriggerWebhook"];
            /** @description Where a sender posts to, below the address of the plugin; absent where the events come through Backstage. */
            hookPath?: string;
            paused?: {
                reason: string;
                by: string;
                /** Format: date-time */
                since: string;
            };
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            updatedBy: string;
            /** Format: date-time */
            updatedAt: string;
            version: number;
            /** Format: date-time */
            nextRunAt?: string;
            lastRun?: components["schemas"]["TriggerRun"];
            /** @description Why it would launch nothing now, such as a template that is gone. */
            problem?: string;
            mayManage: boolean;
        };
        TriggerList: {
            items: components["schemas"]["Trigger"][];
            mayCreate: boolean;
            /** @description The names of the secrets that webhooks may use, for those who may make triggers. */
            secrets: string[];
        };
        TriggerRun: {
            id: string;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            cause: "schedule" | "webhook" | "manual";
            /**
             * @description `skipped`: as the trigger is told to. `refused`: it may not, or the launch is not possible. `failed`: something went wrong.
             * @enum {string}
             */
            outcome: "pending" | "launched" | "skipped" | "refused" | "failed";
            reason?: string;
            campaignId?: string;
            /** @description How many were launched. */
            tasks?: number;
            deliveryId?: string;
            event?: string;
            /** Format: date-time */
            dueAt?: string;
            requestedBy?: string;
        };
        TriggerRunList: {
            items: components["schemas"]["TriggerRun"][];
            nextCursor?: string;
        };
    };
    responses: {
        /** @description An error. */
        ErrorResponse: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: {
        campaignId: string;
        taskId: string;
        templateName: string;
        /** @description Of the entity ref of the group, such as `group`. */
        teamKind: string;
        teamNamespace: string;
        teamName: string;
        triggerId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Error = components['schemas']['Error'];
export type JsonObject = components['schemas']['JsonObject'];
export type Template = components['schemas']['Template'];
export type TemplateOrigin = components['schemas']['TemplateOrigin'];
export type TemplatePaused = components['schemas']['TemplatePaused'];
export type TemplateStatistics = components['schemas']['TemplateStatistics'];
export type TemplateConstraints = components['schemas']['TemplateConstraints'];
export type TemplateExecution = components['schemas']['TemplateExecution'];
export type TemplateReview = components['schemas']['TemplateReview'];
export type TemplateBatching = components['schemas']['TemplateBatching'];
export type Rollout = components['schemas']['Rollout'];
export type TemplateProblem = components['schemas']['TemplateProblem'];
export type CreateTemplateRequest = components['schemas']['CreateTemplateRequest'];
export type TemplateText = components['schemas']['TemplateText'];
export type ReviseTemplateRequest = components['schemas']['ReviseTemplateRequest'];
export type ValidateTemplateRequest = components['schemas']['ValidateTemplateRequest'];
export type TemplateValidation = components['schemas']['TemplateValidation'];
export type PreviewTemplateRequest = components['schemas']['PreviewTemplateRequest'];
export type TemplatePreview = components['schemas']['TemplatePreview'];
export type TemplateRevisionSummary = components['schemas']['TemplateRevisionSummary'];
export type TemplateRevisionList = components['schemas']['TemplateRevisionList'];
export type TemplateRevision = components['schemas']['TemplateRevision'];
export type PauseTemplateRequest = components['schemas']['PauseTemplateRequest'];
export type EmptyRequest = components['schemas']['EmptyRequest'];
export type TemplateList = components['schemas']['TemplateList'];
export type PlanRequest = components['schemas']['PlanRequest'];
export type LaunchRequest = components['schemas']['LaunchRequest'];
export type ComponentRefs = components['schemas']['ComponentRefs'];
export type Selection = components['schemas']['Selection'];
export type ChosenRevision = components['schemas']['ChosenRevision'];
export type Priority = components['schemas']['Priority'];
export type PlanOutline = components['schemas']['PlanOutline'];
export type Repository = components['schemas']['Repository'];
export type Plan = components['schemas']['Plan'];
export type PlanSummary = components['schemas']['PlanSummary'];
export type PlanMoment = components['schemas']['PlanMoment'];
export type PlannedTask = components['schemas']['PlannedTask'];
export type PlannedIdentity = components['schemas']['PlannedIdentity'];
export type PlannedGate = components['schemas']['PlannedGate'];
export type TaskComponent = components['schemas']['TaskComponent'];
export type Prompt = components['schemas']['Prompt'];
export type ExclusionReason = components['schemas']['ExclusionReason'];
export type Exclusion = components['schemas']['Exclusion'];
export type Hold = components['schemas']['Hold'];
export type HoldReason = components['schemas']['HoldReason'];
export type SlotHolder = components['schemas']['SlotHolder'];
export type HoldLimit = components['schemas']['HoldLimit'];
export type ExpectedStart = components['schemas']['ExpectedStart'];
export type StartChoice = components['schemas']['StartChoice'];
export type StartAnswer = components['schemas']['StartAnswer'];
export type ResolveStartRequest = components['schemas']['ResolveStartRequest'];
export type TaskState = components['schemas']['TaskState'];
export type Campaign = components['schemas']['Campaign'];
export type StateCounts = components['schemas']['StateCounts'];
export type CampaignState = components['schemas']['CampaignState'];
export type CampaignTrigger = components['schemas']['CampaignTrigger'];
export type CampaignPause = components['schemas']['CampaignPause'];
export type CampaignWave = components['schemas']['CampaignWave'];
export type CampaignStop = components['schemas']['CampaignStop'];
export type CampaignSummary = components['schemas']['CampaignSummary'];
export type CampaignList = components['schemas']['CampaignList'];
export type CampaignBurndown = components['schemas']['CampaignBurndown'];
export type CampaignOpen = components['schemas']['CampaignOpen'];
export type PauseCampaignRequest = components['schemas']['PauseCampaignRequest'];
export type CancelCampaignRequest = components['schemas']['CancelCampaignRequest'];
export type ContinueCampaignRequest = components['schemas']['ContinueCampaignRequest'];
export type RetryCampaignRequest = components['schemas']['RetryCampaignRequest'];
export type CampaignPriorityRequest = components['schemas']['CampaignPriorityRequest'];
export type AddComponentsRequest = components['schemas']['AddComponentsRequest'];
export type BulkTaskRequest = components['schemas']['BulkTaskRequest'];
export type BulkTaskResults = components['schemas']['BulkTaskResults'];
export type TemplatePin = components['schemas']['TemplatePin'];
export type Task = components['schemas']['Task'];
export type TaskDetails = components['schemas']['TaskDetails'];
export type RetryOutlook = components['schemas']['RetryOutlook'];
export type Attempt = components['schemas']['Attempt'];
export type Change = components['schemas']['Change'];
export type TaskList = components['schemas']['TaskList'];
export type TaskEvent = components['schemas']['TaskEvent'];
export type TaskEventList = components['schemas']['TaskEventList'];
export type AuditEvent = components['schemas']['AuditEvent'];
export type AuditEventList = components['schemas']['AuditEventList'];
export type Status = components['schemas']['Status'];
export type BrakeScope = components['schemas']['BrakeScope'];
export type BrakeRequest = components['schemas']['BrakeRequest'];
export type Brake = components['schemas']['Brake'];
export type BrakeList = components['schemas']['BrakeList'];
export type Slots = components['schemas']['Slots'];
export type Queue = components['schemas']['Queue'];
export type Throughput = components['schemas']['Throughput'];
export type AccountHealth = components['schemas']['AccountHealth'];
export type ForecastScore = components['schemas']['ForecastScore'];
export type QueueHistory = components['schemas']['QueueHistory'];
export type RunningTask = components['schemas']['RunningTask'];
export type RunningTaskList = components['schemas']['RunningTaskList'];
export type TeamUsage = components['schemas']['TeamUsage'];
export type TeamReviewUsage = components['schemas']['TeamReviewUsage'];
export type TeamRunningUsage = components['schemas']['TeamRunningUsage'];
export type TeamPause = components['schemas']['TeamPause'];
export type TeamSummary = components['schemas']['TeamSummary'];
export type TeamList = components['schemas']['TeamList'];
export type TeamNumberSetting = components['schemas']['TeamNumberSetting'];
export type TeamTextSetting = components['schemas']['TeamTextSetting'];
export type TeamSettings = components['schemas']['TeamSettings'];
export type TeamSlot = components['schemas']['TeamSlot'];
export type TeamForeignChange = components['schemas']['TeamForeignChange'];
export type TeamRelative = components['schemas']['TeamRelative'];
export type TeamDetails = components['schemas']['TeamDetails'];
export type TeamLimitsRequest = components['schemas']['TeamLimitsRequest'];
export type TeamPauseRequest = components['schemas']['TeamPauseRequest'];
export type TriggerSchedule = components['schemas']['TriggerSchedule'];
export type TriggerWebhook = components['schemas']['TriggerWebhook'];
export type TriggerCaps = components['schemas']['TriggerCaps'];
export type TriggerRequest = components['schemas']['TriggerRequest'];
export type Trigger = components['schemas']['Trigger'];
export type TriggerList = components['schemas']['TriggerList'];
export type TriggerRun = components['schemas']['TriggerRun'];
export type TriggerRunList = components['schemas']['TriggerRunList'];
export type ResponseErrorResponse = components['responses']['ErrorResponse'];
export type ParameterCampaignId = components['parameters']['campaignId'];
export type ParameterTaskId = components['parameters']['taskId'];
export type ParameterTemplateName = components['parameters']['templateName'];
export type ParameterTeamKind = components['parameters']['teamKind'];
export type ParameterTeamNamespace = components['parameters']['teamNamespace'];
export type ParameterTeamName = components['parameters']['teamName'];
export type ParameterTriggerId = components['parameters']['triggerId'];
export type $defs = Record<string, never>;
export interface operations {
    ListTemplates: {
        parameters: {
            query?: {
                /** @description Also those that were archived. */
                archived?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The templates in their newest revision. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateList"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    CreateTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateTemplateRequest"];
            };
        };
        responses: {
            /** @description The first revision. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateRevision"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    GetTemplateSchema: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The schema. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JsonObject"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ValidateTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ValidateTemplateRequest"];
            };
        };
        responses: {
            /** @description The problems; none where it can be saved. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateValidation"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    PreviewTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewTemplateRequest"];
            };
        };
        responses: {
            /** @description The prompt, or why there is none. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatePreview"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    GetTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["templateName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The template. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ReviseTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["templateName"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviseTemplateRequest"];
            };
        };
        responses: {
            /** @description The new revision; the current one where nothing changed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateRevision"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ListTemplateRevisions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["templateName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The revisions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateRevisionList"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    GetTemplateRevision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["templateName"];
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The revision. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateRevision"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    PauseTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["templateName"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PauseTemplateRequest"];
            };
        };
        responses: {
            /** @description The template. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ResumeTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["templateName"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmptyRequest"];
            };
        };
        responses: {
            /** @description The template. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ArchiveTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["templateName"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmptyRequest"];
            };
        };
        responses: {
            /** @description The template. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    RestoreTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["templateName"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmptyRequest"];
            };
        };
        responses: {
            /** @description The template. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    CreatePlan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanRequest"];
            };
        };
        responses: {
            /** @description The plan. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plan"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ListCampaigns: {
        parameters: {
            query?: {
                state?: components["schemas"]["CampaignState"][];
                /** @description Names of templates. */
                template?: string[];
                /** @description Entity refs of users, or names of services and triggers. */
                requester?: string[];
                /** @description Entity refs of teams that own something in it. */
                team?: string[];
                limit?: number;
                /** @description `nextCursor` of the page before, with the same filters. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignList"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    CreateCampaign: {
        parameters: {
            query?: never;
            header: {
                /** @description Unique to this launch, 8 to 255 printable ASCII characters; a UUID serves well. */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LaunchRequest"];
            };
        };
        responses: {
            /** @description This key launched the campaign before. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            /** @description Launched. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    GetCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The campaign. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    GetCampaignBurndown: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: components["parameters"]["campaignId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The burndown. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignBurndown"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ExportCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: components["parameters"]["campaignId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tasks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    PauseCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: components["parameters"]["campaignId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PauseCampaignRequest"];
            };
        };
        responses: {
            /** @description The campaign. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ResumeCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: components["parameters"]["campaignId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmptyRequest"];
            };
        };
        responses: {
            /** @description The campaign. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    CancelCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: components["parameters"]["campaignId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelCampaignRequest"];
            };
        };
        responses: {
            /** @description The campaign. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    RetryCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: components["parameters"]["campaignId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetryCampaignRequest"];
            };
        };
        responses: {
            /** @description What became of each. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkTaskResults"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    SetCampaignPriority: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: components["parameters"]["campaignId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CampaignPriorityRequest"];
            };
        };
        responses: {
            /** @description The campaign. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    AddCampaignComponents: {
        parameters: {
            query?: never;
            header: {
                /** @description Unique to this addition, 8 to 255 printable ASCII characters; a UUID serves well. */
                "Idempotency-Key": string;
            };
            path: {
                campaignId: components["parameters"]["campaignId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddComponentsRequest"];
            };
        };
        responses: {
            /** @description The campaign. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ApproveCampaignWave: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: components["parameters"]["campaignId"];
                number: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmptyRequest"];
            };
        };
        responses: {
            /** @description The campaign. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ContinueCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: components["parameters"]["campaignId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContinueCampaignRequest"];
            };
        };
        responses: {
            /** @description The campaign. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ListTasks: {
        parameters: {
            query?: {
                /** @description Entity refs of owning teams. */
                team?: string[];
                state?: components["schemas"]["TaskState"][];
                /** @description Names of templates. */
                template?: string[];
                /** @description Entity refs of components. */
                component?: string[];
                campaign?: string[];
                /** @description Numbers of waves; needs `campaign`. */
                wave?: number[];
                limit?: number;
                /** @description `nextCursor` or `previousCursor` of an earlier page with the same filters. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskList"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    BulkTasks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkTaskRequest"];
            };
        };
        responses: {
            /** @description What became of each, in the order of the request. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkTaskResults"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    GetTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                taskId: components["parameters"]["taskId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskDetails"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ListTaskEvents: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                taskId: components["parameters"]["taskId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskEventList"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    CancelTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                taskId: components["parameters"]["taskId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; shown to everyone who sees the task. */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description The task as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskDetails"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    RetryTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                taskId: components["parameters"]["taskId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why; shown to everyone who sees the task. */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description The task as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskDetails"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ResolveStart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                taskId: components["parameters"]["taskId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResolveStartRequest"];
            };
        };
        responses: {
            /** @description The task as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskDetails"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ListEvents: {
        parameters: {
            query?: {
                /** @description Who did it: entity refs, `system`, `trigger:…`, `external:…`, `provider:…` or `host:…`. */
                actor?: string[];
                /** @description Types such as `brake.pulled`, or areas such as `brake` for all types that begin with it. */
                type?: string[];
                /** @description Id of a campaign: what happened to it and to its tasks. */
                campaign?: string;
                task?: string;
                /** @description The first moment. */
                from?: string;
                /** @description The moment after the last one. */
                to?: string;
                limit?: number;
                /** @description `nextCursor` of an earlier page with the same filters. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEventList"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    GetStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The status. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    GetQueue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The queue as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queue"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    GetQueueHistory: {
        parameters: {
            query?: {
                /** @description How far back, up to 60 days. */
                hours?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The samples, the oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueHistory"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ListRunningTasks: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `nextCursor` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunningTaskList"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ListBrakes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The brakes, the newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrakeList"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    PullBrake: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BrakeRequest"];
            };
        };
        responses: {
            /** @description The brake is on. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Brake"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ReleaseBrake: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                brakeId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The brake, released. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Brake"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ListTeams: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamList"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    GetTeam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the entity ref of the group, such as `group`. */
                kind: components["parameters"]["teamKind"];
                namespace: components["parameters"]["teamNamespace"];
                name: components["parameters"]["teamName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The team as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamDetails"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    SetTeamLimits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the entity ref of the group, such as `group`. */
                kind: components["parameters"]["teamKind"];
                namespace: components["parameters"]["teamNamespace"];
                name: components["parameters"]["teamName"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamLimitsRequest"];
            };
        };
        responses: {
            /** @description The team with its new limits. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamDetails"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    PauseTeam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the entity ref of the group, such as `group`. */
                kind: components["parameters"]["teamKind"];
                namespace: components["parameters"]["teamNamespace"];
                name: components["parameters"]["teamName"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamPauseRequest"];
            };
        };
        responses: {
            /** @description The team, paused. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamDetails"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ResumeTeam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the entity ref of the group, such as `group`. */
                kind: components["parameters"]["teamKind"];
                namespace: components["parameters"]["teamNamespace"];
                name: components["parameters"]["teamName"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The team. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamDetails"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ListTriggers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The triggers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TriggerList"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    CreateTrigger: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TriggerRequest"];
            };
        };
        responses: {
            /** @description The trigger. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trigger"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    GetTrigger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                triggerId: components["parameters"]["triggerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The trigger. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trigger"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    UpdateTrigger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                triggerId: components["parameters"]["triggerId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TriggerRequest"];
            };
        };
        responses: {
            /** @description The trigger as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trigger"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    DeleteTrigger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                triggerId: components["parameters"]["triggerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    PauseTrigger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                triggerId: components["parameters"]["triggerId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The trigger, paused. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trigger"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ResumeTrigger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                triggerId: components["parameters"]["triggerId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The trigger. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trigger"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    RunTrigger: {
        parameters: {
            query?: never;
            header: {
                /** @description Unique to this run, 8 to 255 printable ASCII characters; a UUID serves well. */
                "Idempotency-Key": string;
            };
            path: {
                triggerId: components["parameters"]["triggerId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The run, with its outcome. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TriggerRun"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ListTriggerRuns: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                triggerId: components["parameters"]["triggerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of runs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TriggerRunList"];
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
    ReceiveHook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                triggerId: components["parameters"]["triggerId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Taken in. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accepted: boolean;
                    };
                };
            };
            default: components["responses"]["ErrorResponse"];
        };
    };
}
