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
        post?: never;
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
        put?: never;
        post?: never;
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
        get?: never;
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
            /** @description Counts of the last 60 days, all revisions. */
            statistics: {
                tasks: number;
                merged: number;
                closed: number;
                failed: number;
                /** @description From start to the end of the agent's work; absent before the first. */
                medianRunSeconds?: number;
            };
        };
        TemplateList: {
            items: components["schemas"]["Template"][];
        };
        PlanRequest: {
            /** @description Name of the template. */
            template: string;
            /** @description Entity refs, such as `component:default/payments-api`. */
            components: string[];
            parameters: components["schemas"]["JsonObject"];
        };
        LaunchRequest: {
            template: string;
            components: string[];
            parameters: components["schemas"]["JsonObject"];
            expected?: components["schemas"]["PlanOutline"];
            /**
             * @description Launch even where the plan has changed since `expected`.
             * @default false
             */
            acceptChanges?: boolean;
        };
        /** @description What the requester saw in the plan, so that nothing else is launched. */
        PlanOutline: {
            templateRevision: number;
            tasks: {
                repository: string;
                team: string;
                components: string[];
            }[];
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
            tasks: components["schemas"]["PlannedTask"][];
            excluded: components["schemas"]["Exclusion"][];
            /** @description What could not be checked, in sentences. */
            warnings: string[];
            outline: components["schemas"]["PlanOutline"];
        };
        PlannedTask: {
            repository: components["schemas"]["Repository"];
            /** @description Entity ref of the Group. */
            team: string;
            components: components["schemas"]["TaskComponent"][];
            /** @description Title of the agent's provider. */
            provider: string;
            prompt: components["schemas"]["Prompt"];
            /** @description Whether a slot would be free now. */
            willStart: boolean;
            hold?: components["schemas"]["Hold"];
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
            /** @enum {string} */
            limit: "brake" | "portal-running" | "repository-running" | "team-running" | "repository-changes" | "team-changes" | "provider-unavailable" | "retry-later" | "undecided-start";
            message: string;
            used?: number;
            max?: number;
            /** @description Place among the queued tasks of its team; 1 is next. */
            position?: number;
            /**
             * Format: date-time
             * @description When it is looked at again, where that is known.
             */
            until?: string;
            /** @description Tasks that hold the slots, at most 50. */
            holders?: {
                taskId: string;
                team: string;
                repository: string;
            }[];
        };
        /**
         * @description Waiting: queued, starting, undecided. Working: running, needs_input, cancelling. With people: in_review. Settled: merged, closed, no_change, failed, cancelled.
         * @enum {string}
         */
        TaskState: "queued" | "starting" | "undecided" | "running" | "needs_input" | "in_review" | "cancelling" | "merged" | "closed" | "no_change" | "failed" | "cancelled";
        Campaign: {
            id: string;
            template: components["schemas"]["TemplatePin"];
            parameters: components["schemas"]["JsonObject"];
            /** @description Entity ref of the user or `external:…` of the service. */
            requester: string;
            /** Format: date-time */
            createdAt: string;
            /** @description Ids of the tasks. */
            tasks: string[];
            /** @description Number of tasks by state. */
            states: {
                [key: string]: number;
            };
            excluded: components["schemas"]["Exclusion"][];
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
        BrakeScope: "portal" | "provider" | "template" | "team";
        BrakeRequest: {
            scope: components["schemas"]["BrakeScope"];
            /** @description Id of the provider, name of the template, or entity ref of the team; absent for the portal. */
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
            /** @description What holds tasks back, and how many; most first. */
            holds: {
                /** @description As in Hold. */
                limit: string;
                /** @description The repository or team whose limit it is. */
                subject?: string;
                tasks: number;
            }[];
            brakes: components["schemas"]["Brake"][];
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
        taskId: string;
        templateName: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Error = components['schemas']['Error'];
export type JsonObject = components['schemas']['JsonObject'];
export type Template = components['schemas']['Template'];
export type TemplateList = components['schemas']['TemplateList'];
export type PlanRequest = components['schemas']['PlanRequest'];
export type LaunchRequest = components['schemas']['LaunchRequest'];
export type PlanOutline = components['schemas']['PlanOutline'];
export type Repository = components['schemas']['Repository'];
export type Plan = components['schemas']['Plan'];
export type PlannedTask = components['schemas']['PlannedTask'];
export type TaskComponent = components['schemas']['TaskComponent'];
export type Prompt = components['schemas']['Prompt'];
export type ExclusionReason = components['schemas']['ExclusionReason'];
export type Exclusion = components['schemas']['Exclusion'];
export type Hold = components['schemas']['Hold'];
export type TaskState = components['schemas']['TaskState'];
export type Campaign = components['schemas']['Campaign'];
export type TemplatePin = components['schemas']['TemplatePin'];
export type Task = components['schemas']['Task'];
export type TaskDetails = components['schemas']['TaskDetails'];
export type Attempt = components['schemas']['Attempt'];
export type Change = components['schemas']['Change'];
export type TaskList = components['schemas']['TaskList'];
export type TaskEvent = components['schemas']['TaskEvent'];
export type TaskEventList = components['schemas']['TaskEventList'];
export type Status = components['schemas']['Status'];
export type BrakeScope = components['schemas']['BrakeScope'];
export type BrakeRequest = components['schemas']['BrakeRequest'];
export type Brake = components['schemas']['Brake'];
export type BrakeList = components['schemas']['BrakeList'];
export type Slots = components['schemas']['Slots'];
export type Queue = components['schemas']['Queue'];
export type ResponseErrorResponse = components['responses']['ErrorResponse'];
export type ParameterTaskId = components['parameters']['taskId'];
export type ParameterTemplateName = components['parameters']['templateName'];
export type $defs = Record<string, never>;
export interface operations {
    ListTemplates: {
        parameters: {
            query?: never;
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
}
