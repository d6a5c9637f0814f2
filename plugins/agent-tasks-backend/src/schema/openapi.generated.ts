// Generated from plugins/agent-tasks-backend/src/schema/openapi.yaml: change that file and run
// `yarn generate:api`.

export const spec = {
  "openapi": "3.0.3",
  "info": {
    "title": "agent-tasks",
    "version": "1",
    "description": "Plans and launches tasks for coding agents, and tells what became of them. Lists are paged by opaque cursors; errors have Backstage's error body; times are ISO 8601 in UTC.",
    "license": {
      "name": "Apache-2.0",
      "url": "http://www.apache.org/licenses/LICENSE-2.0.html"
    },
    "contact": {}
  },
  "servers": [
    {
      "url": "/"
    }
  ],
  "paths": {
    "/templates": {
      "get": {
        "operationId": "ListTemplates",
        "description": "The templates that tasks can be launched from, by name.",
        "tags": [
          "Templates"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "name": "archived",
            "in": "query",
            "description": "Also those that were archived.",
            "schema": {
              "type": "boolean",
              "default": false
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The templates in their newest revision.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TemplateList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      },
      "post": {
        "operationId": "CreateTemplate",
        "description": "Adds a template that is written in the portal, in its first revision. Needs `agent-tasks.template.manage`.",
        "tags": [
          "Templates"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/CreateTemplateRequest"
              }
            }
          }
        },
        "responses": {
          "201": {
            "description": "The first revision.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TemplateRevision"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/templates/schema": {
      "get": {
        "operationId": "GetTemplateSchema",
        "description": "The JSON Schema (draft 7) of templates, for editors.",
        "tags": [
          "Templates"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [],
        "responses": {
          "200": {
            "description": "The schema.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/JsonObject"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/templates/validate": {
      "post": {
        "operationId": "ValidateTemplate",
        "description": "Says what is wrong with the text of a template. Stores nothing.",
        "tags": [
          "Templates"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ValidateTemplateRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The problems; none where it can be saved.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TemplateValidation"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/templates/preview": {
      "post": {
        "operationId": "PreviewTemplate",
        "description": "Renders the prompt for a component, of a text or of a stored revision. Stores nothing. Needs `agent-tasks.template.manage`.",
        "tags": [
          "Templates"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/PreviewTemplateRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The prompt, or why there is none.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TemplatePreview"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/templates/{name}": {
      "get": {
        "operationId": "GetTemplate",
        "tags": [
          "Templates"
        ],
        "description": "One template in its newest revision.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/templateName"
          }
        ],
        "responses": {
          "200": {
            "description": "The template.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Template"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      },
      "put": {
        "operationId": "ReviseTemplate",
        "description": "Writes a new revision of a template of the portal. Answered with 409 where somebody else has revised it since `expectedRevision`, and with 403 where the template comes from the catalog. Needs `agent-tasks.template.manage`.",
        "tags": [
          "Templates"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/templateName"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ReviseTemplateRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The new revision; the current one where nothing changed.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TemplateRevision"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/templates/{name}/revisions": {
      "get": {
        "operationId": "ListTemplateRevisions",
        "description": "The revisions of a template, the newest first.",
        "tags": [
          "Templates"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/templateName"
          }
        ],
        "responses": {
          "200": {
            "description": "The revisions.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TemplateRevisionList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/templates/{name}/revisions/{number}": {
      "get": {
        "operationId": "GetTemplateRevision",
        "description": "One revision of a template, with its text.",
        "tags": [
          "Templates"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/templateName"
          },
          {
            "name": "number",
            "in": "path",
            "required": true,
            "schema": {
              "type": "integer",
              "minimum": 1
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The revision.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TemplateRevision"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/templates/{name}/pause": {
      "post": {
        "operationId": "PauseTemplate",
        "description": "Holds its queued tasks back, and those that are launched. What runs goes on. It is the brake on the template; pausing again changes reason and end. Needs `agent-tasks.template.manage` or `agent-tasks.brake.manage`.",
        "tags": [
          "Templates"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/templateName"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/PauseTemplateRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The template.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Template"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/templates/{name}/resume": {
      "post": {
        "operationId": "ResumeTemplate",
        "description": "Takes every brake off the template. Needs `agent-tasks.template.manage` or `agent-tasks.brake.manage`.",
        "tags": [
          "Templates"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/templateName"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/EmptyRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The template.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Template"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/templates/{name}/archive": {
      "post": {
        "operationId": "ArchiveTemplate",
        "description": "Takes a template of the portal out of use. What was launched goes on. Needs `agent-tasks.template.manage`.",
        "tags": [
          "Templates"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/templateName"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/EmptyRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The template.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Template"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/templates/{name}/restore": {
      "post": {
        "operationId": "RestoreTemplate",
        "description": "Brings an archived template back. Needs `agent-tasks.template.manage`.",
        "tags": [
          "Templates"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/templateName"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/EmptyRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The template.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Template"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/plans": {
      "post": {
        "operationId": "CreatePlan",
        "tags": [
          "Launch"
        ],
        "description": "Says what a launch would do: which task on which repository for which components, its prompt, what will hold it, and which components are left out and why. Changes nothing.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/PlanRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The plan.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Plan"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/campaigns": {
      "get": {
        "operationId": "ListCampaigns",
        "tags": [
          "Campaigns"
        ],
        "description": "Campaigns, newest first. Filters of different names must all hold; of the values of one name, one.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "name": "state",
            "in": "query",
            "schema": {
              "type": "array",
              "items": {
                "$ref": "#/components/schemas/CampaignState"
              },
              "maxItems": 10
            }
          },
          {
            "name": "template",
            "in": "query",
            "allowReserved": true,
            "description": "Names of templates.",
            "schema": {
              "type": "array",
              "items": {
                "type": "string"
              },
              "maxItems": 50
            }
          },
          {
            "name": "requester",
            "in": "query",
            "allowReserved": true,
            "description": "Entity refs of users, or names of services and triggers.",
            "schema": {
              "type": "array",
              "items": {
                "type": "string"
              },
              "maxItems": 50
            }
          },
          {
            "name": "team",
            "in": "query",
            "allowReserved": true,
            "description": "Entity refs of teams that own something in it.",
            "schema": {
              "type": "array",
              "items": {
                "type": "string"
              },
              "maxItems": 50
            }
          },
          {
            "name": "limit",
            "in": "query",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 100,
              "default": 25
            }
          },
          {
            "name": "cursor",
            "in": "query",
            "description": "`nextCursor` of the page before, with the same filters.",
            "schema": {
              "type": "string",
              "maxLength": 1000
            }
          }
        ],
        "responses": {
          "200": {
            "description": "One page.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/CampaignList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      },
      "post": {
        "operationId": "CreateCampaign",
        "tags": [
          "Launch"
        ],
        "description": "Launches. The same Idempotency-Key with the same body by the same requester answers the campaign that was launched first; with another body it is refused with 409. Where `expected` is given and the launch would do something else, it is refused with 409 and the difference, unless `acceptChanges` is true.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "name": "Idempotency-Key",
            "in": "header",
            "required": true,
            "description": "Unique to this launch, 8 to 255 printable ASCII characters; a UUID serves well.",
            "schema": {
              "type": "string",
              "minLength": 8,
              "maxLength": 255,
              "pattern": "^[\\x21-\\x7e]+$"
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/LaunchRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "This key launched the campaign before.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Campaign"
                }
              }
            }
          },
          "201": {
            "description": "Launched.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Campaign"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/campaigns/{campaignId}": {
      "get": {
        "operationId": "GetCampaign",
        "tags": [
          "Launch"
        ],
        "description": "One campaign with the number of its tasks in each state.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "name": "campaignId",
            "in": "path",
            "required": true,
            "schema": {
              "type": "string"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The campaign.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Campaign"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/campaigns/{campaignId}/burndown": {
      "get": {
        "operationId": "GetCampaignBurndown",
        "tags": [
          "Campaigns"
        ],
        "description": "How many tasks of a campaign were open when, what was planned, and what is expected; at most some 120 points each.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/campaignId"
          }
        ],
        "responses": {
          "200": {
            "description": "The burndown.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/CampaignBurndown"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/campaigns/{campaignId}/export": {
      "get": {
        "operationId": "ExportCampaign",
        "tags": [
          "Campaigns"
        ],
        "description": "All tasks of a campaign as CSV, in UTF-8 with a line of names. Cells that a spreadsheet would take for a formula begin with an apostrophe.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/campaignId"
          }
        ],
        "responses": {
          "200": {
            "description": "The tasks.",
            "content": {
              "text/csv": {
                "schema": {
                  "type": "string"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/campaigns/{campaignId}/pause": {
      "post": {
        "operationId": "PauseCampaign",
        "tags": [
          "Campaigns"
        ],
        "description": "Starts no more tasks of a campaign and releases no wave, by a brake on it; what runs goes on.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/campaignId"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/PauseCampaignRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The campaign.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Campaign"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/campaigns/{campaignId}/resume": {
      "post": {
        "operationId": "ResumeCampaign",
        "tags": [
          "Campaigns"
        ],
        "description": "Releases the brake on a campaign.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/campaignId"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/EmptyRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The campaign.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Campaign"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/campaigns/{campaignId}/cancel": {
      "post": {
        "operationId": "CancelCampaign",
        "tags": [
          "Campaigns"
        ],
        "description": "Cancels all tasks of a campaign that have not settled: those that wait at once, those that work as soon as they could be stopped.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/campaignId"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/CancelCampaignRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The campaign.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Campaign"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/campaigns/{campaignId}/retry": {
      "post": {
        "operationId": "RetryCampaign",
        "tags": [
          "Campaigns"
        ],
        "description": "Tries tasks of a campaign again: those named, or all that failed, at most 1,000 at once.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/campaignId"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/RetryCampaignRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "What became of each.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/BulkTaskResults"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/campaigns/{campaignId}/priority": {
      "post": {
        "operationId": "SetCampaignPriority",
        "tags": [
          "Campaigns"
        ],
        "description": "Changes the priority of the tasks that still wait: of those named, or of all and of those added later.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/campaignId"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/CampaignPriorityRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The campaign.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Campaign"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/campaigns/{campaignId}/components": {
      "post": {
        "operationId": "AddCampaignComponents",
        "tags": [
          "Campaigns"
        ],
        "description": "Adds components to a campaign, as one more launch with its template revision, parameters and rollout. The same Idempotency-Key with the same body adds them once; with another body it is refused with 409.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/campaignId"
          },
          {
            "name": "Idempotency-Key",
            "in": "header",
            "required": true,
            "description": "Unique to this addition, 8 to 255 printable ASCII characters; a UUID serves well.",
            "schema": {
              "type": "string",
              "minLength": 8,
              "maxLength": 255,
              "pattern": "^[\\x21-\\x7e]+$"
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/AddComponentsRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The campaign.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Campaign"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/campaigns/{campaignId}/waves/{number}/approve": {
      "post": {
        "operationId": "ApproveCampaignWave",
        "tags": [
          "Campaigns"
        ],
        "description": "Lets a wave begin that waits for approval.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/campaignId"
          },
          {
            "name": "number",
            "in": "path",
            "required": true,
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 100
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/EmptyRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The campaign.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Campaign"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/campaigns/{campaignId}/continue": {
      "post": {
        "operationId": "ContinueCampaign",
        "tags": [
          "Campaigns"
        ],
        "description": "Goes on after a rule has stopped the campaign. The rule does not stop the same wave again.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/campaignId"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ContinueCampaignRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The campaign.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Campaign"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/tasks": {
      "get": {
        "operationId": "ListTasks",
        "tags": [
          "Tasks"
        ],
        "description": "Tasks, newest first. Filters of different names must all hold; of the values of one name, one.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "name": "team",
            "in": "query",
            "allowReserved": true,
            "description": "Entity refs of owning teams.",
            "schema": {
              "type": "array",
              "items": {
                "type": "string"
              },
              "maxItems": 50
            }
          },
          {
            "name": "state",
            "in": "query",
            "schema": {
              "type": "array",
              "items": {
                "$ref": "#/components/schemas/TaskState"
              },
              "maxItems": 20
            }
          },
          {
            "name": "template",
            "in": "query",
            "allowReserved": true,
            "description": "Names of templates.",
            "schema": {
              "type": "array",
              "items": {
                "type": "string"
              },
              "maxItems": 50
            }
          },
          {
            "name": "component",
            "in": "query",
            "allowReserved": true,
            "description": "Entity refs of components.",
            "schema": {
              "type": "array",
              "items": {
                "type": "string"
              },
              "maxItems": 50
            }
          },
          {
            "name": "campaign",
            "in": "query",
            "schema": {
              "type": "array",
              "items": {
                "type": "string"
              },
              "maxItems": 50
            }
          },
          {
            "name": "wave",
            "in": "query",
            "description": "Numbers of waves; needs `campaign`.",
            "schema": {
              "type": "array",
              "items": {
                "type": "integer",
                "minimum": 1,
                "maximum": 100
              },
              "maxItems": 50
            }
          },
          {
            "name": "limit",
            "in": "query",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 200,
              "default": 25
            }
          },
          {
            "name": "cursor",
            "in": "query",
            "description": "`nextCursor` or `previousCursor` of an earlier page with the same filters.",
            "schema": {
              "type": "string",
              "maxLength": 1000
            }
          }
        ],
        "responses": {
          "200": {
            "description": "One page.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TaskList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/tasks/bulk": {
      "post": {
        "operationId": "BulkTasks",
        "tags": [
          "Tasks"
        ],
        "description": "Does the same to many tasks. Each is decided by itself, with the permissions of the caller, and each has a result.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/BulkTaskRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "What became of each, in the order of the request.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/BulkTaskResults"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/tasks/{taskId}": {
      "get": {
        "operationId": "GetTask",
        "tags": [
          "Tasks"
        ],
        "description": "One task in full, with its prompt, its hold and its change.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/taskId"
          }
        ],
        "responses": {
          "200": {
            "description": "The task.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TaskDetails"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/tasks/{taskId}/events": {
      "get": {
        "operationId": "ListTaskEvents",
        "tags": [
          "Tasks"
        ],
        "description": "All that happened to a task, oldest first.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/taskId"
          },
          {
            "name": "limit",
            "in": "query",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 500,
              "default": 200
            }
          },
          {
            "name": "cursor",
            "in": "query",
            "schema": {
              "type": "string",
              "maxLength": 1000
            }
          }
        ],
        "responses": {
          "200": {
            "description": "One page.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TaskEventList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/tasks/{taskId}/cancel": {
      "post": {
        "operationId": "CancelTask",
        "tags": [
          "Tasks"
        ],
        "description": "Cancels a task. What waits is cancelled at once; what runs is stopped as far as the provider can, and the task's events say what was stopped and what was not. A task that has settled is refused with 409; one that is being cancelled is answered as it is.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/taskId"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                  "reason": {
                    "type": "string",
                    "maxLength": 1000,
                    "description": "Why; shown to everyone who sees the task."
                  }
                }
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The task as it is now.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TaskDetails"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/tasks/{taskId}/retry": {
      "post": {
        "operationId": "RetryTask",
        "tags": [
          "Tasks"
        ],
        "description": "Tries a task again that failed, was cancelled, was closed or changed nothing: it goes back to the queue, and its next attempt starts when it is admitted. `retry` of the task says what becomes of a change that is still open: a task never has two. It takes the permission to cancel the task. A task in any other state is refused with 409.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/taskId"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                  "reason": {
                    "type": "string",
                    "maxLength": 1000,
                    "description": "Why; shown to everyone who sees the task."
                  }
                }
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The task as it is now.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TaskDetails"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/tasks/{taskId}/resolve-start": {
      "post": {
        "operationId": "ResolveStart",
        "tags": [
          "Tasks"
        ],
        "description": "Says of a task whose start could not be decided whether its agent started: one of the `choices` of its hold. It takes the permission to cancel the task. Where the task is not undecided, or somebody else decided first, it is refused with 409.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/taskId"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ResolveStartRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The task as it is now.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TaskDetails"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/events": {
      "get": {
        "operationId": "ListEvents",
        "tags": [
          "Audit"
        ],
        "description": "All that happened in the portal, newest first. Filters of different names must all hold; of the values of one name, one. It takes the permission to read the audit.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "name": "actor",
            "in": "query",
            "allowReserved": true,
            "description": "Who did it: entity refs, `system`, `trigger:…`, `external:…`, `provider:…` or `host:…`.",
            "schema": {
              "type": "array",
              "items": {
                "type": "string",
                "minLength": 1,
                "maxLength": 300
              },
              "maxItems": 20
            }
          },
          {
            "name": "type",
            "in": "query",
            "description": "Types such as `brake.pulled`, or areas such as `brake` for all types that begin with it.",
            "schema": {
              "type": "array",
              "items": {
                "type": "string",
                "pattern": "^[a-z_]{1,40}([.][a-z_]{1,60})?$"
              },
              "maxItems": 20
            }
          },
          {
            "name": "campaign",
            "in": "query",
            "description": "Id of a campaign: what happened to it and to its tasks.",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 100
            }
          },
          {
            "name": "task",
            "in": "query",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 100
            }
          },
          {
            "name": "from",
            "in": "query",
            "allowReserved": true,
            "description": "The first moment.",
            "schema": {
              "type": "string",
              "format": "date-time"
            }
          },
          {
            "name": "to",
            "in": "query",
            "allowReserved": true,
            "description": "The moment after the last one.",
            "schema": {
              "type": "string",
              "format": "date-time"
            }
          },
          {
            "name": "limit",
            "in": "query",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 200,
              "default": 50
            }
          },
          {
            "name": "cursor",
            "in": "query",
            "description": "`nextCursor` of an earlier page with the same filters.",
            "schema": {
              "type": "string",
              "maxLength": 100
            }
          }
        ],
        "responses": {
          "200": {
            "description": "One page.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/AuditEventList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/status": {
      "get": {
        "operationId": "GetStatus",
        "tags": [
          "Status"
        ],
        "description": "Whether the providers and code hosts answer, and how full the queue is.",
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [],
        "responses": {
          "200": {
            "description": "The status.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Status"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/queue": {
      "get": {
        "operationId": "GetQueue",
        "description": "How deep the queue is for each team, what holds it, and who has the slots.",
        "tags": [
          "Queue"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [],
        "responses": {
          "200": {
            "description": "The queue as it is now.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Queue"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/queue/history": {
      "get": {
        "operationId": "GetQueueHistory",
        "description": "How deep the queue was, in at most 300 samples evenly spread over the hours asked for. There is a sample a minute for 2 days and one an hour for 60 days.",
        "tags": [
          "Queue"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "name": "hours",
            "in": "query",
            "description": "How far back, up to 60 days.",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 1440,
              "default": 24
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The samples, the oldest first.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/QueueHistory"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/queue/running": {
      "get": {
        "operationId": "ListRunningTasks",
        "description": "The tasks that hold a run slot and that the caller may see, the oldest first, with how long they have been at work and how long their template usually takes.",
        "tags": [
          "Queue"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "name": "limit",
            "in": "query",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 200,
              "default": 200
            }
          },
          {
            "name": "cursor",
            "in": "query",
            "description": "`nextCursor` of an earlier page.",
            "schema": {
              "type": "string",
              "maxLength": 1000
            }
          }
        ],
        "responses": {
          "200": {
            "description": "One page.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RunningTaskList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/brakes": {
      "get": {
        "operationId": "ListBrakes",
        "description": "The brakes that are on.",
        "tags": [
          "Queue"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [],
        "responses": {
          "200": {
            "description": "The brakes, the newest first.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/BrakeList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      },
      "post": {
        "operationId": "PullBrake",
        "description": "Holds back what is queued for the portal, a provider, a template or a team. What runs goes on, unless `stopRunning` is true: then it is cancelled.",
        "tags": [
          "Queue"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/BrakeRequest"
              }
            }
          }
        },
        "responses": {
          "201": {
            "description": "The brake is on.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Brake"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/brakes/{brakeId}/release": {
      "post": {
        "operationId": "ReleaseBrake",
        "description": "Takes a brake off. One that is off already is answered as it is.",
        "tags": [
          "Queue"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "name": "brakeId",
            "in": "path",
            "required": true,
            "schema": {
              "type": "string"
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "additionalProperties": false,
                "properties": {}
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The brake, released.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Brake"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/teams": {
      "get": {
        "operationId": "ListTeams",
        "description": "The groups that have tasks or limits of their own, and the groups above them, with their budget in short; by name.",
        "tags": [
          "Teams"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [],
        "responses": {
          "200": {
            "description": "All of them.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TeamList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/teams/{kind}/{namespace}/{name}": {
      "get": {
        "operationId": "GetTeam",
        "description": "The limits of a group, what is taken of them and by which tasks, and what the caller may do. A group of the catalog that has no task yet is answered with the limits that it would have.",
        "tags": [
          "Teams"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/teamKind"
          },
          {
            "$ref": "#/components/parameters/teamNamespace"
          },
          {
            "$ref": "#/components/parameters/teamName"
          }
        ],
        "responses": {
          "200": {
            "description": "The team as it is now.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TeamDetails"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/teams/{kind}/{namespace}/{name}/limits": {
      "put": {
        "operationId": "SetTeamLimits",
        "description": "Sets those limits of a group that the body names; `null` goes back to the default. They hold at once for what is queued, and what runs goes on. Who may lower the limits of a team may send values that are at most those in force; everything else needs the permission to manage limits. Answers 409 where somebody changed them since `expectedVersion` was read.",
        "tags": [
          "Teams"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/teamKind"
          },
          {
            "$ref": "#/components/parameters/teamNamespace"
          },
          {
            "$ref": "#/components/parameters/teamName"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/TeamLimitsRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The team with its new limits.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TeamDetails"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/teams/{kind}/{namespace}/{name}/pause": {
      "post": {
        "operationId": "PauseTeam",
        "description": "Admits no more tasks of a group, or of the teams below it. What runs goes on. A pause that is on is replaced.",
        "tags": [
          "Teams"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/teamKind"
          },
          {
            "$ref": "#/components/parameters/teamNamespace"
          },
          {
            "$ref": "#/components/parameters/teamName"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/TeamPauseRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The team, paused.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TeamDetails"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/teams/{kind}/{namespace}/{name}/resume": {
      "post": {
        "operationId": "ResumeTeam",
        "description": "Ends a pause. A team that is not paused is answered as it is.",
        "tags": [
          "Teams"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/teamKind"
          },
          {
            "$ref": "#/components/parameters/teamNamespace"
          },
          {
            "$ref": "#/components/parameters/teamName"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "additionalProperties": false,
                "properties": {}
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The team.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TeamDetails"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/triggers": {
      "get": {
        "operationId": "ListTriggers",
        "description": "The triggers, by name, with their last run and what they have used of their caps.",
        "tags": [
          "Triggers"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [],
        "responses": {
          "200": {
            "description": "The triggers.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TriggerList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      },
      "post": {
        "operationId": "CreateTrigger",
        "description": "Makes a trigger. Its name is unique, so that a repeated call makes one. A schedule that never fires, or more often than once a minute, and an expression that cannot be read are refused with the reason.",
        "tags": [
          "Triggers"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/TriggerRequest"
              }
            }
          }
        },
        "responses": {
          "201": {
            "description": "The trigger.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Trigger"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/triggers/{triggerId}": {
      "get": {
        "operationId": "GetTrigger",
        "description": "One trigger.",
        "tags": [
          "Triggers"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/triggerId"
          }
        ],
        "responses": {
          "200": {
            "description": "The trigger.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Trigger"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      },
      "put": {
        "operationId": "UpdateTrigger",
        "description": "Replaces what a trigger does. Its type stays. Answers 409 where somebody changed it since `expectedVersion` was read.",
        "tags": [
          "Triggers"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/triggerId"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/TriggerRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The trigger as it is now.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Trigger"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      },
      "delete": {
        "operationId": "DeleteTrigger",
        "description": "Removes a trigger with its runs. What it launched stays, and still names it.",
        "tags": [
          "Triggers"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/triggerId"
          }
        ],
        "responses": {
          "204": {
            "description": "Removed."
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/triggers/{triggerId}/pause": {
      "post": {
        "operationId": "PauseTrigger",
        "description": "Launches nothing by a trigger. What it would have launched is noted, and not made up for.",
        "tags": [
          "Triggers"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/triggerId"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "required": [
                  "reason"
                ],
                "additionalProperties": false,
                "properties": {
                  "reason": {
                    "type": "string",
                    "minLength": 1,
                    "maxLength": 1000
                  }
                }
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The trigger, paused.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Trigger"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/triggers/{triggerId}/resume": {
      "post": {
        "operationId": "ResumeTrigger",
        "description": "Ends a pause. A trigger that is not paused is answered as it is.",
        "tags": [
          "Triggers"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/triggerId"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "additionalProperties": false,
                "properties": {}
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The trigger.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Trigger"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/triggers/{triggerId}/run": {
      "post": {
        "operationId": "RunTrigger",
        "description": "Runs a schedule now, within its caps. The same Idempotency-Key by the same caller runs it once. A webhook runs when it is called.",
        "tags": [
          "Triggers"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/triggerId"
          },
          {
            "name": "Idempotency-Key",
            "in": "header",
            "required": true,
            "description": "Unique to this run, 8 to 255 printable ASCII characters; a UUID serves well.",
            "schema": {
              "type": "string",
              "minLength": 8,
              "maxLength": 255,
              "pattern": "^[\\x21-\\x7e]+$"
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "additionalProperties": false,
                "properties": {}
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The run, with its outcome.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TriggerRun"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/triggers/{triggerId}/runs": {
      "get": {
        "operationId": "ListTriggerRuns",
        "description": "What a trigger did and did not launch, newest first, with the reason.",
        "tags": [
          "Triggers"
        ],
        "security": [
          {},
          {
            "JWT": []
          }
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/triggerId"
          },
          {
            "name": "limit",
            "in": "query",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 200,
              "default": 50
            }
          },
          {
            "name": "cursor",
            "in": "query",
            "schema": {
              "type": "string",
              "maxLength": 1000
            }
          }
        ],
        "responses": {
          "200": {
            "description": "One page of runs.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TriggerRunList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    },
    "/hooks/{triggerId}": {
      "post": {
        "operationId": "ReceiveHook",
        "description": "Takes a webhook in, signed with HMAC SHA-256: as GitHub does it, or over `timestamp.body` with `X-Agent-Tasks-Signature` and `X-Agent-Tasks-Timestamp`. What is taken in is answered 202 whatever becomes of it, and everything else 403, with the same words.",
        "tags": [
          "Triggers"
        ],
        "security": [
          {}
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/triggerId"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {}
            }
          }
        },
        "responses": {
          "202": {
            "description": "Taken in.",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "accepted"
                  ],
                  "additionalProperties": false,
                  "properties": {
                    "accepted": {
                      "type": "boolean"
                    }
                  }
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/ErrorResponse"
          }
        }
      }
    }
  },
  "components": {
    "securitySchemes": {
      "JWT": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT"
      }
    },
    "parameters": {
      "campaignId": {
        "name": "campaignId",
        "in": "path",
        "required": true,
        "schema": {
          "type": "string",
          "maxLength": 100
        }
      },
      "taskId": {
        "name": "taskId",
        "in": "path",
        "required": true,
        "schema": {
          "type": "string"
        }
      },
      "templateName": {
        "name": "name",
        "in": "path",
        "required": true,
        "schema": {
          "type": "string"
        }
      },
      "teamKind": {
        "name": "kind",
        "in": "path",
        "required": true,
        "description": "Of the entity ref of the group, such as `group`.",
        "schema": {
          "type": "string",
          "maxLength": 63
        }
      },
      "teamNamespace": {
        "name": "namespace",
        "in": "path",
        "required": true,
        "schema": {
          "type": "string",
          "maxLength": 63
        }
      },
      "teamName": {
        "name": "name",
        "in": "path",
        "required": true,
        "schema": {
          "type": "string",
          "maxLength": 63
        }
      },
      "triggerId": {
        "name": "triggerId",
        "in": "path",
        "required": true,
        "schema": {
          "type": "string",
          "maxLength": 100
        }
      }
    },
    "responses": {
      "ErrorResponse": {
        "description": "An error.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/Error"
            }
          }
        }
      }
    },
    "schemas": {
      "Error": {
        "type": "object",
        "required": [
          "error",
          "response"
        ],
        "properties": {
          "error": {
            "type": "object",
            "required": [
              "name",
              "message"
            ],
            "properties": {
              "name": {
                "type": "string"
              },
              "message": {
                "type": "string"
              }
            }
          },
          "request": {
            "type": "object",
            "properties": {
              "method": {
                "type": "string"
              },
              "url": {
                "type": "string"
              }
            }
          },
          "response": {
            "type": "object",
            "required": [
              "statusCode"
            ],
            "properties": {
              "statusCode": {
                "type": "integer"
              }
            }
          }
        }
      },
      "JsonObject": {
        "type": "object",
        "additionalProperties": true,
        "properties": {}
      },
      "Template": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "name",
          "entityRef",
          "title",
          "type",
          "owner",
          "revision",
          "parameters",
          "prompt",
          "origin",
          "updatedAt",
          "statistics"
        ],
        "properties": {
          "name": {
            "type": "string",
            "description": "Unique; the name in URLs and filters."
          },
          "entityRef": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "description": {
            "type": "string"
          },
          "type": {
            "type": "string"
          },
          "owner": {
            "type": "string",
            "description": "Entity ref."
          },
          "tags": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "revision": {
            "type": "integer",
            "minimum": 1,
            "description": "The newest revision; a launch is pinned to it."
          },
          "parameters": {
            "$ref": "#/components/schemas/JsonObject"
          },
          "prompt": {
            "type": "string",
            "description": "The prompt before rendering."
          },
          "origin": {
            "$ref": "#/components/schemas/TemplateOrigin"
          },
          "sourceUrl": {
            "type": "string",
            "description": "Of one from the catalog: where its source can be read."
          },
          "paused": {
            "$ref": "#/components/schemas/TemplatePaused"
          },
          "archivedAt": {
            "type": "string",
            "format": "date-time"
          },
          "updatedAt": {
            "type": "string",
            "format": "date-time",
            "description": "When the newest revision was written."
          },
          "updatedBy": {
            "type": "string",
            "description": "Who wrote it; absent where it came from the catalog."
          },
          "constraints": {
            "$ref": "#/components/schemas/TemplateConstraints"
          },
          "execution": {
            "$ref": "#/components/schemas/TemplateExecution"
          },
          "review": {
            "$ref": "#/components/schemas/TemplateReview"
          },
          "batching": {
            "$ref": "#/components/schemas/TemplateBatching"
          },
          "rollout": {
            "$ref": "#/components/schemas/Rollout"
          },
          "appliesTo": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/JsonObject"
            },
            "description": "Catalog filters of which an entity has to match one."
          },
          "statistics": {
            "$ref": "#/components/schemas/TemplateStatistics"
          }
        }
      },
      "TemplateOrigin": {
        "type": "string",
        "enum": [
          "catalog",
          "portal"
        ],
        "description": "Where it is written: in git, and so read-only here, or in the portal."
      },
      "TemplatePaused": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "reason",
          "by",
          "since"
        ],
        "description": "Nothing of the template starts.",
        "properties": {
          "reason": {
            "type": "string"
          },
          "by": {
            "type": "string",
            "description": "Entity ref of the user or the service."
          },
          "since": {
            "type": "string",
            "format": "date-time"
          },
          "until": {
            "type": "string",
            "format": "date-time",
            "description": "When it ends by itself; absent: when somebody ends it."
          }
        }
      },
      "TemplateStatistics": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "tasks",
          "merged",
          "closed",
          "failed"
        ],
        "description": "What became of tasks: of a template those of the last 60 days, of a revision all. What is not known is absent.",
        "properties": {
          "tasks": {
            "type": "integer"
          },
          "merged": {
            "type": "integer"
          },
          "closed": {
            "type": "integer"
          },
          "failed": {
            "type": "integer"
          },
          "successRate": {
            "type": "number",
            "description": "Of the tasks whose agent came to an end, the share that did not fail: 0 to 1."
          },
          "mergeRate": {
            "type": "number",
            "description": "Of the changes that were merged or closed, the share that was merged: 0 to 1."
          },
          "medianRunSeconds": {
            "type": "number",
            "description": "From start to the end of the agent's work; absent before the first."
          },
          "medianReviewSeconds": {
            "type": "number",
            "description": "From when a change could be reviewed until it was merged or closed."
          },
          "reviewMinutes": {
            "type": "integer",
            "description": "What the reviews of its changes took people, by the estimate of the template."
          },
          "aiCredits": {
            "type": "number",
            "description": "What the provider said that the runs cost; absent where it said nothing."
          }
        }
      },
      "TemplateConstraints": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "allowedPaths": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "forbiddenPaths": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "maxChangedFiles": {
            "type": "integer"
          },
          "maxChangedLines": {
            "type": "integer"
          },
          "forbiddenSecrets": {
            "type": "array",
            "items": {
              "type": "string"
            }
          }
        }
      },
      "TemplateExecution": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "timeoutSeconds": {
            "type": "integer"
          },
          "maxAttempts": {
            "type": "integer"
          },
          "queueTimeoutSeconds": {
            "type": "integer"
          },
          "reviewTimeoutSeconds": {
            "type": "integer"
          },
          "priority": {
            "type": "string",
            "enum": [
              "low",
              "normal",
              "high"
            ]
          }
        }
      },
      "TemplateReview": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "autoMerge": {
            "type": "boolean"
          },
          "estimatedMinutes": {
            "type": "integer"
          },
          "reviewers": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "requireApproval": {
            "type": "boolean"
          },
          "minApprovals": {
            "type": "integer"
          }
        }
      },
      "TemplateBatching": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "perRepository": {
            "type": "boolean"
          },
          "windowSeconds": {
            "type": "integer"
          }
        }
      },
      "Rollout": {
        "type": "object",
        "additionalProperties": false,
        "description": "In which waves a campaign goes, and what stops it.",
        "properties": {
          "waves": {
            "type": "array",
            "minItems": 1,
            "maxItems": 20,
            "description": "How many tasks have been released when each wave has: a number, or a share such as `25%`. Ascending; the last is `100%`.",
            "items": {
              "anyOf": [
                {
                  "type": "integer",
                  "minimum": 1,
                  "maximum": 50000
                },
                {
                  "type": "string",
                  "pattern": "^([1-9][0-9]?|100)%$"
                }
              ]
            }
          },
          "continue": {
            "type": "string",
            "enum": [
              "automatic",
              "approval"
            ],
            "description": "Whether the next wave follows by itself, which is the default, or after somebody approved it."
          },
          "soakSeconds": {
            "type": "integer",
            "minimum": 0,
            "maximum": 2592000,
            "description": "How long it waits after all tasks of a wave have settled."
          },
          "stopOn": {
            "type": "object",
            "additionalProperties": false,
            "description": "Shares of the settled tasks of the released waves beyond which no further wave is released.",
            "properties": {
              "failedPercent": {
                "type": "number",
                "minimum": 0,
                "maximum": 100
              },
              "closedPercent": {
                "type": "number",
                "minimum": 0,
                "maximum": 100
              },
              "revertedPercent": {
                "type": "number",
                "minimum": 0,
                "maximum": 100
              },
              "checksFailedPercent": {
                "type": "number",
                "minimum": 0,
                "maximum": 100
              },
              "minTasks": {
                "type": "integer",
                "minimum": 1,
                "maximum": 50000
              }
            }
          }
        }
      },
      "TemplateProblem": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "line",
          "column",
          "path",
          "message",
          "severity"
        ],
        "properties": {
          "line": {
            "type": "integer",
            "minimum": 1
          },
          "column": {
            "type": "integer",
            "minimum": 1
          },
          "path": {
            "type": "string",
            "description": "JSON Pointer to what is wrong; empty for the whole."
          },
          "message": {
            "type": "string",
            "description": "What is wrong, and what to do."
          },
          "severity": {
            "type": "string",
            "enum": [
              "error",
              "warning"
            ],
            "description": "A template with an error is not saved."
          }
        }
      },
      "CreateTemplateRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "yaml"
        ],
        "properties": {
          "yaml": {
            "$ref": "#/components/schemas/TemplateText"
          }
        }
      },
      "TemplateText": {
        "type": "string",
        "minLength": 1,
        "description": "A template as YAML, of at most 256 kB."
      },
      "ReviseTemplateRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "yaml",
          "expectedRevision"
        ],
        "properties": {
          "yaml": {
            "$ref": "#/components/schemas/TemplateText"
          },
          "expectedRevision": {
            "type": "integer",
            "minimum": 1,
            "description": "The current revision that the text was made from."
          },
          "draft": {
            "type": "boolean",
            "default": false,
            "description": "Keeps the current revision current; this one can be tried, by the `revision` of a launch."
          }
        }
      },
      "ValidateTemplateRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "yaml"
        ],
        "properties": {
          "yaml": {
            "type": "string",
            "description": "Any text."
          }
        }
      },
      "TemplateValidation": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "problems"
        ],
        "properties": {
          "problems": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/TemplateProblem"
            }
          }
        }
      },
      "PreviewTemplateRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "component",
          "parameters"
        ],
        "description": "Either `yaml`, or `name` and perhaps `revision`.",
        "properties": {
          "yaml": {
            "type": "string"
          },
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 200
          },
          "revision": {
            "type": "integer",
            "minimum": 1,
            "description": "Default: the current one."
          },
          "component": {
            "type": "string",
            "minLength": 1,
            "maxLength": 500
          },
          "parameters": {
            "$ref": "#/components/schemas/JsonObject"
          }
        }
      },
      "TemplatePreview": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "problems",
          "parameterProblems"
        ],
        "properties": {
          "prompt": {
            "$ref": "#/components/schemas/Prompt"
          },
          "problems": {
            "type": "array",
            "description": "Of the text; with an error among them there is no prompt.",
            "items": {
              "$ref": "#/components/schemas/TemplateProblem"
            }
          },
          "parameterProblems": {
            "type": "array",
            "description": "Why the parameters do not fit, in sentences; then there is no prompt.",
            "items": {
              "type": "string"
            }
          },
          "repository": {
            "$ref": "#/components/schemas/Repository"
          },
          "team": {
            "type": "string",
            "description": "Entity ref of the Group."
          },
          "exclusion": {
            "$ref": "#/components/schemas/Exclusion"
          }
        }
      },
      "TemplateRevisionSummary": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "number",
          "createdAt",
          "draft",
          "current",
          "statistics"
        ],
        "properties": {
          "number": {
            "type": "integer",
            "minimum": 1
          },
          "createdAt": {
            "type": "string",
            "format": "date-time"
          },
          "createdBy": {
            "type": "string",
            "description": "Absent where it came from the catalog."
          },
          "draft": {
            "type": "boolean",
            "description": "It was written to be tried alone."
          },
          "current": {
            "type": "boolean"
          },
          "statistics": {
            "$ref": "#/components/schemas/TemplateStatistics"
          }
        }
      },
      "TemplateRevisionList": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/TemplateRevisionSummary"
            }
          }
        }
      },
      "TemplateRevision": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "template",
          "number",
          "createdAt",
          "draft",
          "current",
          "statistics",
          "title",
          "parameters",
          "prompt",
          "yaml"
        ],
        "properties": {
          "template": {
            "type": "string",
            "description": "Name of the template."
          },
          "number": {
            "type": "integer",
            "minimum": 1
          },
          "createdAt": {
            "type": "string",
            "format": "date-time"
          },
          "createdBy": {
            "type": "string"
          },
          "draft": {
            "type": "boolean"
          },
          "current": {
            "type": "boolean"
          },
          "statistics": {
            "$ref": "#/components/schemas/TemplateStatistics"
          },
          "title": {
            "type": "string"
          },
          "parameters": {
            "$ref": "#/components/schemas/JsonObject"
          },
          "prompt": {
            "type": "string"
          },
          "yaml": {
            "type": "string",
            "description": "As it was written; of one from the catalog as it is made of what the catalog holds."
          }
        }
      },
      "PauseTemplateRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "reason"
        ],
        "properties": {
          "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 1000
          },
          "until": {
            "type": "string",
            "format": "date-time",
            "description": "When it ends by itself; absent: when somebody ends it."
          }
        }
      },
      "EmptyRequest": {
        "type": "object",
        "additionalProperties": false,
        "properties": {}
      },
      "TemplateList": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Template"
            }
          }
        }
      },
      "PlanRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "template",
          "parameters"
        ],
        "description": "Exactly one of `components` and `selection` says what the launch is for.",
        "properties": {
          "template": {
            "type": "string",
            "minLength": 1,
            "maxLength": 200,
            "description": "Name of the template."
          },
          "components": {
            "$ref": "#/components/schemas/ComponentRefs"
          },
          "selection": {
            "$ref": "#/components/schemas/Selection"
          },
          "parameters": {
            "$ref": "#/components/schemas/JsonObject"
          },
          "revision": {
            "$ref": "#/components/schemas/ChosenRevision"
          },
          "priority": {
            "$ref": "#/components/schemas/Priority"
          },
          "rollout": {
            "$ref": "#/components/schemas/Rollout"
          },
          "promptsFor": {
            "type": "array",
            "maxItems": 100,
            "items": {
              "type": "string",
              "minLength": 1,
              "maxLength": 500
            },
            "description": "Repositories, as `host/owner/name`, whose prompts are told beside those of the first 20 tasks."
          }
        }
      },
      "LaunchRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "template",
          "parameters"
        ],
        "description": "Exactly one of `components` and `selection` says what the launch is for.",
        "properties": {
          "template": {
            "type": "string",
            "minLength": 1,
            "maxLength": 200
          },
          "components": {
            "$ref": "#/components/schemas/ComponentRefs"
          },
          "selection": {
            "$ref": "#/components/schemas/Selection"
          },
          "parameters": {
            "$ref": "#/components/schemas/JsonObject"
          },
          "revision": {
            "$ref": "#/components/schemas/ChosenRevision"
          },
          "priority": {
            "$ref": "#/components/schemas/Priority"
          },
          "rollout": {
            "$ref": "#/components/schemas/Rollout"
          },
          "expected": {
            "$ref": "#/components/schemas/PlanOutline"
          },
          "acceptChanges": {
            "type": "boolean",
            "default": false,
            "description": "Launch even where the plan has changed since `expected`."
          }
        }
      },
      "ComponentRefs": {
        "type": "array",
        "items": {
          "type": "string",
          "minLength": 1,
          "maxLength": 500
        },
        "description": "1 to 50,000 entity refs, such as `component:default/payments-api`."
      },
      "Selection": {
        "type": "object",
        "additionalProperties": false,
        "description": "The components that match now: a filter, a search or both, less those excluded. It is resolved again at launch, and saved with the campaign.",
        "properties": {
          "filter": {
            "type": "array",
            "maxItems": 20,
            "description": "Filters of the catalog, of which one must match. In each all keys must match, such as `relations.ownedBy`, `spec.system`, `metadata.tags` or `metadata.annotations.x`; of the values of a key one, without values any. Without the key `kind` it selects components.",
            "items": {
              "type": "object",
              "additionalProperties": {
                "type": "array",
                "maxItems": 200,
                "items": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 500
                }
              },
              "properties": {}
            }
          },
          "search": {
            "type": "string",
            "minLength": 1,
            "maxLength": 200,
            "description": "A part of the name or title, as in the catalog's own search."
          },
          "exclude": {
            "type": "array",
            "maxItems": 50000,
            "items": {
              "type": "string",
              "minLength": 1,
              "maxLength": 500
            },
            "description": "Entity refs to leave out of what matches."
          }
        }
      },
      "ChosenRevision": {
        "type": "integer",
        "minimum": 1,
        "description": "Revision of the template; default: the newest. Another one needs the permission agent-tasks.template.manage."
      },
      "Priority": {
        "type": "string",
        "enum": [
          "low",
          "normal",
          "high",
          "urgent"
        ],
        "description": "Place among the tasks of a team; a level is worth an hour of waiting. Default: the template's, else normal."
      },
      "PlanOutline": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "templateRevision"
        ],
        "description": "What the requester saw in the plan, so that nothing else is launched. Sent back as it was received.",
        "properties": {
          "templateRevision": {
            "type": "integer",
            "minimum": 1
          },
          "tasks": {
            "type": "array",
            "description": "Of a plan of at most 1,000 tasks: all of them. Of a larger one `digest` stands for them.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "repository",
                "team",
                "components"
              ],
              "properties": {
                "repository": {
                  "type": "string"
                },
                "team": {
                  "type": "string"
                },
                "components": {
                  "type": "array",
                  "items": {
                    "type": "string"
                  }
                }
              }
            }
          },
          "digest": {
            "type": "string",
            "maxLength": 100,
            "description": "SHA-256 of the tasks, as hexadecimal digits."
          },
          "counts": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "tasks",
              "components"
            ],
            "properties": {
              "tasks": {
                "type": "integer"
              },
              "components": {
                "type": "integer"
              }
            }
          }
        }
      },
      "Repository": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "ref",
          "url"
        ],
        "properties": {
          "ref": {
            "type": "string",
            "description": "`host/owner/name`"
          },
          "url": {
            "type": "string"
          }
        }
      },
      "Plan": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "template",
          "summary",
          "tasks",
          "excluded",
          "warnings",
          "outline"
        ],
        "properties": {
          "template": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "name",
              "title",
              "revision"
            ],
            "properties": {
              "name": {
                "type": "string"
              },
              "title": {
                "type": "string"
              },
              "revision": {
                "type": "integer"
              }
            }
          },
          "summary": {
            "$ref": "#/components/schemas/PlanSummary"
          },
          "tasks": {
            "type": "array",
            "maxItems": 1000,
            "items": {
              "$ref": "#/components/schemas/PlannedTask"
            },
            "description": "By wave, repository and team; of more than 1,000 the first. `summary` counts all."
          },
          "excluded": {
            "type": "array",
            "maxItems": 1000,
            "items": {
              "$ref": "#/components/schemas/Exclusion"
            },
            "description": "Of more than 1,000 the first. `summary` counts all."
          },
          "warnings": {
            "type": "array",
            "items": {
              "type": "string"
            },
            "description": "What could not be checked, in sentences."
          },
          "outline": {
            "$ref": "#/components/schemas/PlanOutline"
          }
        }
      },
      "PlanSummary": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "components",
          "repositories",
          "tasks",
          "excluded",
          "byReason",
          "teams",
          "waves",
          "willStart",
          "willWait"
        ],
        "properties": {
          "components": {
            "type": "integer",
            "description": "Components that the launch is for, without those excluded."
          },
          "repositories": {
            "type": "integer"
          },
          "tasks": {
            "type": "integer"
          },
          "excluded": {
            "type": "integer"
          },
          "byReason": {
            "type": "array",
            "description": "Excluded components by reason, the most frequent first.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "reason",
                "count"
              ],
              "properties": {
                "reason": {
                  "$ref": "#/components/schemas/ExclusionReason"
                },
                "count": {
                  "type": "integer"
                }
              }
            }
          },
          "teams": {
            "type": "array",
            "description": "What each team will have to review, the most first.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "team",
                "tasks",
                "reviewMinutes"
              ],
              "properties": {
                "team": {
                  "type": "string"
                },
                "tasks": {
                  "type": "integer"
                },
                "reviewMinutes": {
                  "type": "number",
                  "description": "Estimated; 0 for changes that need no review."
                },
                "minutesBudget": {
                  "allOf": [
                    {
                      "$ref": "#/components/schemas/Slots"
                    }
                  ],
                  "description": "Review minutes taken now, and the limit; absent where there is none."
                },
                "openChanges": {
                  "allOf": [
                    {
                      "$ref": "#/components/schemas/Slots"
                    }
                  ],
                  "description": "Open changes now, and the limit; absent where there is none."
                }
              }
            }
          },
          "firstStart": {
            "$ref": "#/components/schemas/PlanMoment"
          },
          "lastStart": {
            "$ref": "#/components/schemas/PlanMoment"
          },
          "firstReview": {
            "$ref": "#/components/schemas/PlanMoment"
          },
          "lastReview": {
            "$ref": "#/components/schemas/PlanMoment"
          },
          "waves": {
            "type": "array",
            "description": "One where all tasks are released at once.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "number",
                "tasks",
                "from"
              ],
              "properties": {
                "number": {
                  "type": "integer",
                  "minimum": 1
                },
                "tasks": {
                  "type": "integer"
                },
                "from": {
                  "$ref": "#/components/schemas/PlanMoment"
                }
              }
            }
          },
          "willStart": {
            "type": "integer",
            "description": "Tasks for which slots would be free now."
          },
          "willWait": {
            "type": "integer"
          }
        }
      },
      "PlanMoment": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "assumption"
        ],
        "description": "Without `at` nothing is known to reckon from, and the assumption says why.",
        "properties": {
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "assumption": {
            "type": "string",
            "description": "What was assumed, in a sentence for people."
          }
        }
      },
      "PlannedTask": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "repository",
          "team",
          "components",
          "provider",
          "identity",
          "gates",
          "wave",
          "willStart"
        ],
        "properties": {
          "repository": {
            "$ref": "#/components/schemas/Repository"
          },
          "team": {
            "type": "string",
            "description": "Entity ref of the Group."
          },
          "components": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/TaskComponent"
            }
          },
          "provider": {
            "type": "string",
            "description": "Title of the agent's provider."
          },
          "identity": {
            "$ref": "#/components/schemas/PlannedIdentity"
          },
          "gates": {
            "type": "array",
            "description": "Decisions that its change needs before it is reviewed or merged.",
            "items": {
              "$ref": "#/components/schemas/PlannedGate"
            }
          },
          "wave": {
            "type": "integer",
            "minimum": 1
          },
          "prompt": {
            "allOf": [
              {
                "$ref": "#/components/schemas/Prompt"
              }
            ],
            "description": "Of the first 20 tasks and of those of the repositories in `promptsFor`."
          },
          "willStart": {
            "type": "boolean",
            "description": "Whether a slot would be free now."
          },
          "hold": {
            "$ref": "#/components/schemas/Hold"
          }
        }
      },
      "PlannedIdentity": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "requester",
          "account",
          "provider"
        ],
        "description": "Who asks for a task and which account acts.",
        "properties": {
          "requester": {
            "type": "string"
          },
          "account": {
            "type": "string"
          },
          "provider": {
            "type": "string",
            "description": "Id of the provider."
          }
        }
      },
      "PlannedGate": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "gate",
          "text"
        ],
        "properties": {
          "gate": {
            "type": "string",
            "enum": [
              "constraints",
              "approval",
              "review"
            ]
          },
          "text": {
            "type": "string",
            "description": "What it asks for, in a sentence."
          }
        }
      },
      "TaskComponent": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "entityRef"
        ],
        "properties": {
          "entityRef": {
            "type": "string"
          },
          "path": {
            "type": "string",
            "description": "Folder in the repository; absent for the whole of it."
          }
        }
      },
      "Prompt": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "text",
          "segments"
        ],
        "properties": {
          "text": {
            "type": "string",
            "description": "What the agent is sent, without the marker."
          },
          "segments": {
            "type": "array",
            "description": "The same text in pieces, so that what came from a parameter can be shown as such.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "text"
              ],
              "properties": {
                "text": {
                  "type": "string"
                },
                "source": {
                  "type": "string",
                  "description": "The variable that the piece came from, such as `parameters.version`."
                }
              }
            }
          }
        }
      },
      "ExclusionReason": {
        "type": "string",
        "enum": [
          "unknown-component",
          "not-permitted",
          "opted-out",
          "no-owner",
          "owner-not-found",
          "owner-not-a-group",
          "owner-ambiguous",
          "no-repository",
          "host-not-supported",
          "repository-not-found",
          "repository-archived",
          "template-does-not-apply"
        ]
      },
      "Exclusion": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "component",
          "reason",
          "message",
          "remedy"
        ],
        "properties": {
          "component": {
            "type": "string",
            "description": "The entity ref as it was asked for."
          },
          "reason": {
            "$ref": "#/components/schemas/ExclusionReason"
          },
          "message": {
            "type": "string",
            "description": "What is the matter, in a sentence."
          },
          "remedy": {
            "type": "string",
            "description": "What to do about it, in a sentence."
          }
        }
      },
      "Hold": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "limit",
          "message"
        ],
        "description": "The reason why a task does not start.",
        "properties": {
          "limit": {
            "$ref": "#/components/schemas/HoldReason"
          },
          "message": {
            "type": "string"
          },
          "used": {
            "type": "integer"
          },
          "max": {
            "type": "integer"
          },
          "limits": {
            "type": "array",
            "description": "Every limit that holds the task, of which `limit` is the first. The task starts when none does.",
            "items": {
              "$ref": "#/components/schemas/HoldLimit"
            }
          },
          "expectedStart": {
            "$ref": "#/components/schemas/ExpectedStart"
          },
          "choices": {
            "type": "array",
            "description": "Of an undecided start: what a person can decide, and what each choice risks.",
            "items": {
              "$ref": "#/components/schemas/StartChoice"
            }
          },
          "position": {
            "type": "integer",
            "minimum": 1,
            "description": "Place among the queued tasks of its team; 1 is next."
          },
          "until": {
            "type": "string",
            "format": "date-time",
            "description": "When it is looked at again, where that is known."
          },
          "holders": {
            "type": "array",
            "description": "Tasks that hold the slots, at most 50.",
            "items": {
              "$ref": "#/components/schemas/SlotHolder"
            }
          }
        }
      },
      "HoldReason": {
        "type": "string",
        "description": "What holds a task: a limit, named by whose it is and what it counts, or something else. Of a limit: `running` counts run slots, `changes` open agent changes, `minutes` their estimated review minutes, `auto` changes that need no review, `checks` changes whose checks are pending, `day` tasks admitted since midnight UTC, `starts` starts within a minute. `wave`: its wave of the campaign has not begun.",
        "enum": [
          "brake",
          "wave",
          "team-paused",
          "portal-running",
          "provider-running",
          "account-running",
          "repository-running",
          "team-running",
          "group-running",
          "cohort-running",
          "repository-changes",
          "team-changes",
          "group-changes",
          "team-minutes",
          "group-minutes",
          "repository-auto",
          "team-auto",
          "group-auto",
          "portal-checks",
          "team-day",
          "group-day",
          "account-starts",
          "account-blocked",
          "provider-unavailable",
          "retry-later",
          "undecided-start",
          "wave",
          "batching"
        ]
      },
      "SlotHolder": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "taskId",
          "team",
          "repository"
        ],
        "properties": {
          "taskId": {
            "type": "string"
          },
          "team": {
            "type": "string"
          },
          "repository": {
            "type": "string"
          }
        }
      },
      "HoldLimit": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "limit",
          "max",
          "message"
        ],
        "properties": {
          "limit": {
            "$ref": "#/components/schemas/HoldReason"
          },
          "subject": {
            "type": "string",
            "description": "Whose limit it is: repository, team, group, cohort, account or provider. Absent for the portal."
          },
          "used": {
            "type": "integer",
            "description": "Absent where it is not known."
          },
          "max": {
            "type": "integer"
          },
          "message": {
            "type": "string",
            "description": "What frees it, in a sentence."
          },
          "holders": {
            "type": "array",
            "description": "Tasks that hold the slots and that the caller may see, at most 5, the oldest first.",
            "items": {
              "$ref": "#/components/schemas/SlotHolder"
            }
          }
        }
      },
      "ExpectedStart": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "assumption",
          "basis"
        ],
        "description": "When a queued task is expected to start. Without `at`: nothing is known to reckon from, and the assumption says why.",
        "properties": {
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "earliest": {
            "type": "string",
            "format": "date-time",
            "description": "Where runs are as short as the shortest quarter of those measured."
          },
          "latest": {
            "type": "string",
            "format": "date-time",
            "description": "Where they are as long as the longest quarter."
          },
          "assumption": {
            "type": "string",
            "description": "What was assumed, in a sentence for people."
          },
          "basis": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "runsMeasured",
              "slots"
            ],
            "properties": {
              "runsMeasured": {
                "type": "integer",
                "description": "Runs that the times come from."
              },
              "medianRunSeconds": {
                "type": "number"
              },
              "medianReviewSeconds": {
                "type": "number"
              },
              "slots": {
                "type": "integer",
                "description": "Slots of the limit that the task waits for longest."
              }
            }
          }
        }
      },
      "StartChoice": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "choice",
          "effect",
          "risk"
        ],
        "properties": {
          "choice": {
            "$ref": "#/components/schemas/StartAnswer"
          },
          "effect": {
            "type": "string",
            "description": "What it does, in a sentence."
          },
          "risk": {
            "type": "string",
            "description": "What happens where it is wrong."
          }
        }
      },
      "StartAnswer": {
        "type": "string",
        "enum": [
          "not-started",
          "started"
        ]
      },
      "ResolveStartRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "choice"
        ],
        "properties": {
          "choice": {
            "$ref": "#/components/schemas/StartAnswer"
          },
          "providerTaskId": {
            "type": "string",
            "minLength": 1,
            "maxLength": 200,
            "description": "With `started`: the provider's id of the task that it started. This or `providerTaskUrl` is required then."
          },
          "providerTaskUrl": {
            "type": "string",
            "minLength": 1,
            "maxLength": 2000,
            "description": "With `started`: the page of the task at the provider, as the provider gives it."
          }
        }
      },
      "TaskState": {
        "type": "string",
        "description": "Waiting: held, queued, starting, undecided. Working: running, needs_input, cancelling. With people: in_review. Settled: merged, closed, no_change, failed, cancelled, joined. `held` waits for its wave or its batching window, `joined` went into another task.",
        "enum": [
          "held",
          "queued",
          "starting",
          "undecided",
          "running",
          "needs_input",
          "in_review",
          "cancelling",
          "merged",
          "closed",
          "no_change",
          "failed",
          "cancelled",
          "joined"
        ]
      },
      "Campaign": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "id",
          "template",
          "parameters",
          "requester",
          "createdAt",
          "tasks",
          "states",
          "excluded",
          "state",
          "taskCount",
          "priority",
          "waves",
          "rollout",
          "teams",
          "can"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "state": {
            "$ref": "#/components/schemas/CampaignState"
          },
          "taskCount": {
            "type": "integer"
          },
          "priority": {
            "$ref": "#/components/schemas/Priority"
          },
          "selection": {
            "type": "object",
            "additionalProperties": false,
            "description": "What was asked for, as it was asked for.",
            "properties": {
              "components": {
                "type": "array",
                "items": {
                  "type": "string"
                }
              },
              "selection": {
                "$ref": "#/components/schemas/JsonObject"
              }
            }
          },
          "trigger": {
            "$ref": "#/components/schemas/CampaignTrigger"
          },
          "rollout": {
            "$ref": "#/components/schemas/Rollout"
          },
          "waves": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/CampaignWave"
            }
          },
          "teams": {
            "type": "array",
            "description": "By team, the one with the most tasks first.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "team",
                "tasks",
                "states"
              ],
              "properties": {
                "team": {
                  "type": "string"
                },
                "tasks": {
                  "type": "integer"
                },
                "gone": {
                  "type": "boolean",
                  "description": "The group is not in the catalog any more."
                },
                "states": {
                  "$ref": "#/components/schemas/StateCounts"
                }
              }
            }
          },
          "paused": {
            "$ref": "#/components/schemas/CampaignPause"
          },
          "cancelled": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "reason",
              "by",
              "at"
            ],
            "properties": {
              "reason": {
                "type": "string"
              },
              "by": {
                "type": "string"
              },
              "at": {
                "type": "string",
                "format": "date-time"
              }
            }
          },
          "expectedEnd": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "at",
              "assumption"
            ],
            "properties": {
              "at": {
                "type": "string",
                "format": "date-time"
              },
              "assumption": {
                "type": "string"
              }
            }
          },
          "can": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "cancel",
              "approve",
              "create"
            ],
            "description": "What the caller may do with the whole campaign now.",
            "properties": {
              "cancel": {
                "type": "boolean",
                "description": "Also to pause, resume and retry."
              },
              "approve": {
                "type": "boolean",
                "description": "To approve waves, to go on after a stop, to change the priority."
              },
              "create": {
                "type": "boolean",
                "description": "To add components."
              }
            }
          },
          "template": {
            "$ref": "#/components/schemas/TemplatePin"
          },
          "parameters": {
            "$ref": "#/components/schemas/JsonObject"
          },
          "requester": {
            "type": "string",
            "description": "Entity ref of the user or `external:…` of the service."
          },
          "createdAt": {
            "type": "string",
            "format": "date-time"
          },
          "tasks": {
            "type": "array",
            "items": {
              "type": "string"
            },
            "description": "Ids of the first 100 tasks, in the order of their launch."
          },
          "states": {
            "type": "object",
            "additionalProperties": {
              "type": "integer"
            },
            "properties": {},
            "description": "Number of tasks by state."
          },
          "excluded": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Exclusion"
            }
          }
        }
      },
      "StateCounts": {
        "type": "object",
        "additionalProperties": {
          "type": "integer"
        },
        "properties": {},
        "description": "Number of tasks by state."
      },
      "CampaignState": {
        "type": "string",
        "enum": [
          "running",
          "paused",
          "waiting_for_approval",
          "stopped",
          "finished",
          "cancelled"
        ]
      },
      "CampaignTrigger": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "id",
          "name",
          "owner"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "owner": {
            "type": "string",
            "description": "Entity ref."
          }
        }
      },
      "CampaignPause": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "reason",
          "by",
          "since"
        ],
        "properties": {
          "reason": {
            "type": "string"
          },
          "by": {
            "type": "string"
          },
          "since": {
            "type": "string",
            "format": "date-time"
          },
          "until": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "CampaignWave": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "number",
          "size",
          "tasks",
          "states",
          "state"
        ],
        "properties": {
          "number": {
            "type": "integer",
            "minimum": 1
          },
          "size": {
            "type": "string",
            "description": "As the rollout has it: tasks up to and with this wave, such as `5` or `25%`."
          },
          "tasks": {
            "type": "integer",
            "description": "Tasks of this wave alone."
          },
          "states": {
            "$ref": "#/components/schemas/StateCounts"
          },
          "state": {
            "type": "string",
            "enum": [
              "waiting",
              "running",
              "soaking",
              "waiting_for_approval",
              "stopped",
              "done"
            ],
            "description": "`waiting_for_approval` is the wave that may be approved."
          },
          "releasedAt": {
            "type": "string",
            "format": "date-time"
          },
          "continuesAt": {
            "type": "string",
            "format": "date-time",
            "description": "Of a wave that soaks: when the next one begins or asks for approval."
          },
          "approvedBy": {
            "type": "string"
          },
          "continuedBy": {
            "type": "string",
            "description": "Who went on after the stop."
          },
          "stop": {
            "$ref": "#/components/schemas/CampaignStop"
          }
        }
      },
      "CampaignStop": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "rule",
          "at",
          "actualPercent",
          "limitPercent",
          "counted",
          "message",
          "evidence"
        ],
        "description": "Why a rule stopped the campaign.",
        "properties": {
          "rule": {
            "type": "string",
            "enum": [
              "failed",
              "closed",
              "reverted",
              "checks_failed"
            ]
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "actualPercent": {
            "type": "number"
          },
          "limitPercent": {
            "type": "number"
          },
          "counted": {
            "type": "integer",
            "description": "Tasks of which the share was taken: those whose outcome is known."
          },
          "message": {
            "type": "string",
            "description": "In a sentence."
          },
          "evidence": {
            "type": "array",
            "description": "The tasks that count, at most 20.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "taskId",
                "repository",
                "what"
              ],
              "properties": {
                "taskId": {
                  "type": "string"
                },
                "repository": {
                  "type": "string"
                },
                "what": {
                  "type": "string",
                  "description": "What happened, in a sentence."
                }
              }
            }
          }
        }
      },
      "CampaignSummary": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "id",
          "template",
          "requester",
          "createdAt",
          "state",
          "taskCount",
          "priority",
          "states",
          "waves"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "template": {
            "$ref": "#/components/schemas/TemplatePin"
          },
          "requester": {
            "type": "string"
          },
          "createdAt": {
            "type": "string",
            "format": "date-time"
          },
          "state": {
            "$ref": "#/components/schemas/CampaignState"
          },
          "taskCount": {
            "type": "integer"
          },
          "priority": {
            "$ref": "#/components/schemas/Priority"
          },
          "states": {
            "$ref": "#/components/schemas/StateCounts"
          },
          "waves": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "released",
              "total"
            ],
            "properties": {
              "released": {
                "type": "integer"
              },
              "total": {
                "type": "integer"
              }
            }
          },
          "trigger": {
            "$ref": "#/components/schemas/CampaignTrigger"
          },
          "paused": {
            "$ref": "#/components/schemas/CampaignPause"
          },
          "stop": {
            "type": "string",
            "description": "Why a rule stopped it, in a sentence."
          }
        }
      },
      "CampaignList": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/CampaignSummary"
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "CampaignBurndown": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "points",
          "planned",
          "forecast"
        ],
        "properties": {
          "points": {
            "type": "array",
            "description": "How it went, oldest first; the last point is now, or the end.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "at",
                "open",
                "settled"
              ],
              "properties": {
                "at": {
                  "type": "string",
                  "format": "date-time"
                },
                "open": {
                  "type": "integer"
                },
                "settled": {
                  "type": "integer"
                }
              }
            }
          },
          "planned": {
            "type": "array",
            "description": "What was expected when it was launched; empty where nothing was known to reckon from.",
            "items": {
              "$ref": "#/components/schemas/CampaignOpen"
            }
          },
          "forecast": {
            "type": "array",
            "description": "From now on; empty where it has ended, or nothing is known to reckon from.",
            "items": {
              "$ref": "#/components/schemas/CampaignOpen"
            }
          }
        }
      },
      "CampaignOpen": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "at",
          "open"
        ],
        "properties": {
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "open": {
            "type": "integer"
          }
        }
      },
      "PauseCampaignRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "reason"
        ],
        "properties": {
          "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 1000
          },
          "until": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "CancelCampaignRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "reason"
        ],
        "properties": {
          "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 1000
          }
        }
      },
      "ContinueCampaignRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "reason"
        ],
        "properties": {
          "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 1000
          }
        }
      },
      "RetryCampaignRequest": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "tasks": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1000,
            "items": {
              "type": "string",
              "minLength": 1,
              "maxLength": 100
            }
          }
        }
      },
      "CampaignPriorityRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "priority"
        ],
        "properties": {
          "priority": {
            "$ref": "#/components/schemas/Priority"
          },
          "tasks": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1000,
            "items": {
              "type": "string",
              "minLength": 1,
              "maxLength": 100
            }
          }
        }
      },
      "AddComponentsRequest": {
        "type": "object",
        "additionalProperties": false,
        "description": "Exactly one of `components` and `selection`.",
        "properties": {
          "components": {
            "type": "array",
            "minItems": 1,
            "maxItems": 50000,
            "items": {
              "type": "string",
              "minLength": 1,
              "maxLength": 500
            }
          },
          "selection": {
            "$ref": "#/components/schemas/Selection"
          },
          "expected": {
            "$ref": "#/components/schemas/PlanOutline"
          },
          "acceptChanges": {
            "type": "boolean",
            "default": false
          }
        }
      },
      "BulkTaskRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "action",
          "tasks"
        ],
        "properties": {
          "action": {
            "type": "string",
            "enum": [
              "cancel",
              "retry",
              "priority"
            ]
          },
          "tasks": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1000,
            "items": {
              "type": "string",
              "minLength": 1,
              "maxLength": 100
            }
          },
          "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 1000
          },
          "priority": {
            "$ref": "#/components/schemas/Priority"
          }
        }
      },
      "BulkTaskResults": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "results"
        ],
        "properties": {
          "results": {
            "type": "array",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "taskId",
                "ok"
              ],
              "properties": {
                "taskId": {
                  "type": "string"
                },
                "ok": {
                  "type": "boolean"
                },
                "message": {
                  "type": "string",
                  "description": "Why not, in a sentence."
                }
              }
            }
          },
          "remaining": {
            "type": "integer",
            "description": "Tasks that were not looked at, because there are too many for once."
          }
        }
      },
      "TemplatePin": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "name",
          "title",
          "revision"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "revision": {
            "type": "integer"
          }
        }
      },
      "Task": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "id",
          "campaignId",
          "state",
          "stateSince",
          "template",
          "team",
          "repository",
          "components",
          "provider",
          "requester",
          "createdAt",
          "updatedAt"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "campaignId": {
            "type": "string"
          },
          "state": {
            "$ref": "#/components/schemas/TaskState"
          },
          "stateSince": {
            "type": "string",
            "format": "date-time"
          },
          "stateReason": {
            "type": "string",
            "description": "Why it is in this state, in a sentence."
          },
          "template": {
            "$ref": "#/components/schemas/TemplatePin"
          },
          "team": {
            "type": "string"
          },
          "repository": {
            "$ref": "#/components/schemas/Repository"
          },
          "components": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/TaskComponent"
            }
          },
          "provider": {
            "type": "string"
          },
          "requester": {
            "type": "string"
          },
          "createdAt": {
            "type": "string",
            "format": "date-time"
          },
          "updatedAt": {
            "type": "string",
            "format": "date-time"
          },
          "settledAt": {
            "type": "string",
            "format": "date-time"
          },
          "priority": {
            "$ref": "#/components/schemas/Priority"
          },
          "wave": {
            "type": "integer",
            "minimum": 1,
            "description": "Of its campaign."
          },
          "joinedTo": {
            "type": "string",
            "description": "Of a `joined` task: the task that it went into."
          },
          "change": {
            "$ref": "#/components/schemas/Change"
          }
        }
      },
      "TaskDetails": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "task",
          "parameters",
          "prompt",
          "attempts",
          "permissions"
        ],
        "properties": {
          "task": {
            "$ref": "#/components/schemas/Task"
          },
          "parameters": {
            "$ref": "#/components/schemas/JsonObject"
          },
          "prompt": {
            "$ref": "#/components/schemas/Prompt"
          },
          "hold": {
            "$ref": "#/components/schemas/Hold"
          },
          "attempts": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Attempt"
            }
          },
          "permissions": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "cancel"
            ],
            "description": "What the caller may do with this task now.",
            "properties": {
              "cancel": {
                "type": "boolean"
              }
            }
          },
          "retry": {
            "$ref": "#/components/schemas/RetryOutlook"
          }
        }
      },
      "RetryOutlook": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "attempt",
          "will"
        ],
        "description": "What it does to try a task again. Absent where it cannot be tried again now or the caller may not.",
        "properties": {
          "attempt": {
            "type": "integer",
            "description": "The number of the attempt that follows."
          },
          "will": {
            "type": "string",
            "enum": [
              "start_anew",
              "continue_change",
              "close_change"
            ],
            "description": "Its agent begins anew; or it goes on in the change that is open; or that change is closed first, and the agent begins anew."
          },
          "change": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "url"
            ],
            "description": "The change that is open.",
            "properties": {
              "number": {
                "type": "integer"
              },
              "url": {
                "type": "string"
              }
            }
          },
          "warning": {
            "type": "string",
            "description": "What is not certain of the attempts before."
          }
        }
      },
      "Attempt": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "id",
          "number",
          "state",
          "createdAt"
        ],
        "properties": {
          "id": {
            "type": "string",
            "description": "The marker in the prompt."
          },
          "number": {
            "type": "integer",
            "minimum": 1
          },
          "state": {
            "type": "string",
            "enum": [
              "intended",
              "requested",
              "confirmed",
              "refused",
              "withdrawn",
              "ended"
            ]
          },
          "createdAt": {
            "type": "string",
            "format": "date-time"
          },
          "confirmedAt": {
            "type": "string",
            "format": "date-time"
          },
          "endedAt": {
            "type": "string",
            "format": "date-time"
          },
          "url": {
            "type": "string",
            "description": "The task's page at the provider."
          },
          "requests": {
            "type": "integer",
            "description": "Start requests that left for the provider."
          },
          "problem": {
            "type": "string",
            "description": "What went wrong last, in a sentence."
          },
          "aiCredits": {
            "type": "number"
          }
        }
      },
      "Change": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "id",
          "state",
          "draft"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "state": {
            "type": "string",
            "enum": [
              "found",
              "open",
              "merged",
              "closed"
            ]
          },
          "draft": {
            "type": "boolean"
          },
          "number": {
            "type": "integer"
          },
          "url": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "headCommit": {
            "type": "string"
          },
          "additions": {
            "type": "integer"
          },
          "deletions": {
            "type": "integer"
          },
          "changedFiles": {
            "type": "integer"
          },
          "checks": {
            "type": "string",
            "enum": [
              "none",
              "pending",
              "passed",
              "failed"
            ]
          },
          "review": {
            "type": "string",
            "enum": [
              "none",
              "required",
              "approved",
              "changes_requested"
            ]
          },
          "mergedBy": {
            "type": "string"
          },
          "openedAt": {
            "type": "string",
            "format": "date-time"
          },
          "settledAt": {
            "type": "string",
            "format": "date-time"
          },
          "seenAt": {
            "type": "string",
            "format": "date-time",
            "description": "When the host was last read."
          }
        }
      },
      "TaskList": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Task"
            }
          },
          "nextCursor": {
            "type": "string"
          },
          "previousCursor": {
            "type": "string"
          }
        }
      },
      "TaskEvent": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "id",
          "at",
          "type",
          "actor",
          "message",
          "details"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "type": {
            "type": "string",
            "description": "Such as `task.launched`, `task.admitted`, `start.requested`, `change.merged`."
          },
          "actor": {
            "type": "string",
            "description": "Who: an entity ref, `system`, or `provider:…`, `host:…`."
          },
          "fromState": {
            "$ref": "#/components/schemas/TaskState"
          },
          "toState": {
            "$ref": "#/components/schemas/TaskState"
          },
          "message": {
            "type": "string",
            "description": "A plain sentence."
          },
          "details": {
            "$ref": "#/components/schemas/JsonObject"
          }
        }
      },
      "TaskEventList": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/TaskEvent"
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "AuditEvent": {
        "type": "object",
        "additionalProperties": false,
        "description": "Something that happened, with what it happened to.",
        "required": [
          "id",
          "at",
          "type",
          "actor",
          "message",
          "details"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "type": {
            "type": "string",
            "description": "Such as `campaign.launched` or `brake.pulled`."
          },
          "actor": {
            "type": "string",
            "description": "Who: an entity ref, `system`, or `trigger:…`, `external:…`, `provider:…`, `host:…`."
          },
          "owner": {
            "type": "string",
            "description": "Entity ref of who answers for an actor that is no person, such as a trigger."
          },
          "team": {
            "type": "string",
            "description": "Entity ref of the group whose task, limits or brake it was."
          },
          "campaignId": {
            "type": "string"
          },
          "taskId": {
            "type": "string"
          },
          "repository": {
            "type": "string",
            "description": "Of the task, such as `github.com/acme/shop`."
          },
          "fromState": {
            "$ref": "#/components/schemas/TaskState"
          },
          "toState": {
            "$ref": "#/components/schemas/TaskState"
          },
          "message": {
            "type": "string",
            "description": "A plain sentence."
          },
          "details": {
            "$ref": "#/components/schemas/JsonObject"
          }
        }
      },
      "AuditEventList": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/AuditEvent"
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "Status": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "remotes",
          "queue"
        ],
        "properties": {
          "remotes": {
            "type": "array",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "id",
                "title",
                "role",
                "state"
              ],
              "properties": {
                "id": {
                  "type": "string"
                },
                "title": {
                  "type": "string"
                },
                "role": {
                  "type": "string",
                  "enum": [
                    "provider",
                    "code-host"
                  ]
                },
                "state": {
                  "type": "string",
                  "enum": [
                    "unknown",
                    "available",
                    "unavailable"
                  ]
                },
                "since": {
                  "type": "string",
                  "format": "date-time"
                },
                "message": {
                  "type": "string",
                  "description": "What failed and what to do."
                }
              }
            }
          },
          "queue": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "queued",
              "running",
              "limit"
            ],
            "properties": {
              "queued": {
                "type": "integer"
              },
              "running": {
                "type": "integer",
                "description": "Run slots taken."
              },
              "limit": {
                "type": "integer"
              }
            }
          }
        }
      },
      "BrakeScope": {
        "type": "string",
        "enum": [
          "portal",
          "provider",
          "template",
          "campaign",
          "team"
        ]
      },
      "BrakeRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "scope",
          "reason"
        ],
        "properties": {
          "scope": {
            "$ref": "#/components/schemas/BrakeScope"
          },
          "subject": {
            "type": "string",
            "minLength": 1,
            "maxLength": 500,
            "description": "Id of the provider or of the campaign, name of the template, or entity ref of the team; absent for the portal."
          },
          "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 1000
          },
          "until": {
            "type": "string",
            "format": "date-time",
            "description": "When it comes off by itself; absent: when somebody releases it."
          },
          "stopRunning": {
            "type": "boolean",
            "default": false
          }
        }
      },
      "Brake": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "id",
          "scope",
          "reason",
          "pulledBy",
          "pulledAt",
          "active",
          "mayRelease"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "scope": {
            "$ref": "#/components/schemas/BrakeScope"
          },
          "subject": {
            "type": "string"
          },
          "reason": {
            "type": "string"
          },
          "pulledBy": {
            "type": "string",
            "description": "Entity ref of the user or the service."
          },
          "pulledAt": {
            "type": "string",
            "format": "date-time"
          },
          "until": {
            "type": "string",
            "format": "date-time"
          },
          "releasedBy": {
            "type": "string"
          },
          "releasedAt": {
            "type": "string",
            "format": "date-time"
          },
          "active": {
            "type": "boolean"
          },
          "mayRelease": {
            "type": "boolean",
            "description": "Whether the caller may release it."
          },
          "stopped": {
            "type": "integer",
            "description": "Tasks that were cancelled when it was pulled; in the answer to that alone."
          }
        }
      },
      "BrakeList": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "items",
          "mayPull"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Brake"
            }
          },
          "mayPull": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "everything",
              "teams"
            ],
            "description": "What the caller may pull a brake on.",
            "properties": {
              "everything": {
                "type": "boolean"
              },
              "teams": {
                "type": "array",
                "items": {
                  "type": "string"
                },
                "description": "Teams of the queue, where not everything."
              }
            }
          }
        }
      },
      "Slots": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "used",
          "max"
        ],
        "properties": {
          "used": {
            "type": "integer"
          },
          "max": {
            "type": "integer"
          }
        }
      },
      "Queue": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "known",
          "running",
          "checks",
          "throughput",
          "teams",
          "holds",
          "brakes",
          "accounts",
          "forecastScore"
        ],
        "properties": {
          "known": {
            "type": "boolean",
            "description": "False: how many slots are taken is not known, and nothing starts."
          },
          "running": {
            "$ref": "#/components/schemas/Slots"
          },
          "teams": {
            "type": "array",
            "description": "Teams that have something queued, at work or open; the deepest queue first.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "team",
                "queued",
                "weight",
                "share",
                "borrowed",
                "lent",
                "running",
                "changes",
                "holds"
              ],
              "properties": {
                "team": {
                  "type": "string"
                },
                "weight": {
                  "type": "number",
                  "description": "Its part of what the teams share is its weight over the sum of theirs."
                },
                "share": {
                  "type": "object",
                  "additionalProperties": false,
                  "required": [
                    "fair",
                    "actual"
                  ],
                  "description": "Parts of all run slots that are taken, from 0 to 1. A team may have less than is fair where a limit holds it, or where it has no more to do.",
                  "properties": {
                    "fair": {
                      "type": "number",
                      "description": "By weight, of the teams that have something queued or at work."
                    },
                    "actual": {
                      "type": "number"
                    }
                  }
                },
                "cohort": {
                  "type": "string",
                  "description": "The teams among which it borrows and lends run slots."
                },
                "borrowed": {
                  "type": "integer",
                  "description": "Run slots that it has beyond its own, from its cohort."
                },
                "lent": {
                  "type": "integer",
                  "description": "Run slots of its own that others of its cohort have now."
                },
                "queued": {
                  "type": "integer"
                },
                "oldestQueuedAt": {
                  "type": "string",
                  "format": "date-time"
                },
                "running": {
                  "$ref": "#/components/schemas/Slots"
                },
                "changes": {
                  "$ref": "#/components/schemas/Slots"
                },
                "holds": {
                  "type": "object",
                  "additionalProperties": {
                    "type": "integer"
                  },
                  "properties": {},
                  "description": "Number of queued tasks by the limit that holds them; `next` are those that nothing holds."
                }
              }
            }
          },
          "holds": {
            "type": "array",
            "description": "What holds tasks back, and how many: the 100 that hold most, most first.",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "limit",
                "tasks"
              ],
              "properties": {
                "limit": {
                  "$ref": "#/components/schemas/HoldReason"
                },
                "subject": {
                  "type": "string",
                  "description": "Whose limit it is: repository, team, group, cohort, account or provider."
                },
                "url": {
                  "type": "string",
                  "description": "Of the repository, where the subject is one."
                },
                "used": {
                  "type": "integer"
                },
                "max": {
                  "type": "integer"
                },
                "tasks": {
                  "type": "integer"
                }
              }
            }
          },
          "brakes": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Brake"
            }
          },
          "checks": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "pending"
            ],
            "description": "Changes whose checks are pending, and tasks at work that will make one.",
            "properties": {
              "pending": {
                "type": "integer"
              },
              "max": {
                "type": "integer",
                "description": "Absent where there is no limit."
              }
            }
          },
          "throughput": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "lastHour",
              "lastDay"
            ],
            "properties": {
              "lastHour": {
                "$ref": "#/components/schemas/Throughput"
              },
              "lastDay": {
                "$ref": "#/components/schemas/Throughput"
              }
            }
          },
          "accounts": {
            "type": "array",
            "description": "What the accounts at the providers can take.",
            "items": {
              "$ref": "#/components/schemas/AccountHealth"
            }
          },
          "forecastScore": {
            "$ref": "#/components/schemas/ForecastScore"
          }
        }
      },
      "Throughput": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "startedPerHour",
          "settledPerHour"
        ],
        "properties": {
          "startedPerHour": {
            "type": "number",
            "description": "Tasks whose agent started to work."
          },
          "settledPerHour": {
            "type": "number",
            "description": "Tasks that came to their end, whatever it was."
          }
        }
      },
      "AccountHealth": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "provider",
          "account",
          "factor",
          "breaker"
        ],
        "properties": {
          "provider": {
            "type": "string",
            "description": "Id of the provider."
          },
          "account": {
            "type": "string"
          },
          "startsLeftThisMinute": {
            "type": "integer"
          },
          "contentLeftThisHour": {
            "type": "integer",
            "description": "What it may still create within the hour: tasks, comments, pull requests."
          },
          "factor": {
            "type": "number",
            "description": "Of its full rate of starts, from 0 to 1: below 1 it was slowed down, and recovers."
          },
          "breaker": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "state"
            ],
            "description": "Open: nothing is started. Half open: one start is tried.",
            "properties": {
              "state": {
                "type": "string",
                "enum": [
                  "closed",
                  "open",
                  "half-open"
                ]
              },
              "until": {
                "type": "string",
                "format": "date-time"
              }
            }
          },
          "lastError": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "at",
              "message"
            ],
            "properties": {
              "at": {
                "type": "string",
                "format": "date-time"
              },
              "message": {
                "type": "string"
              }
            }
          },
          "blockedUntil": {
            "type": "string",
            "format": "date-time",
            "description": "When the provider said to come back."
          }
        }
      },
      "ForecastScore": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "days",
          "starts"
        ],
        "description": "How good the expected starts were that were told first, of the tasks that have started since.",
        "properties": {
          "days": {
            "type": "integer",
            "description": "Days that it looks back."
          },
          "starts": {
            "type": "integer",
            "description": "Starts that had been forecast."
          },
          "withinInterval": {
            "type": "number",
            "description": "Part of them that started between `earliest` and `latest`, from 0 to 1. Absent before the first."
          },
          "medianErrorSeconds": {
            "type": "number",
            "description": "Median of the distance between the start and the time that was told. Absent before the first."
          }
        }
      },
      "QueueHistory": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "teams",
          "samples"
        ],
        "properties": {
          "teams": {
            "type": "array",
            "items": {
              "type": "string"
            },
            "description": "The teams that had most in the queue, at most 8, deepest first."
          },
          "samples": {
            "type": "array",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": [
                "at",
                "queued",
                "running",
                "byTeam",
                "other"
              ],
              "properties": {
                "at": {
                  "type": "string",
                  "format": "date-time"
                },
                "queued": {
                  "type": "integer"
                },
                "running": {
                  "type": "integer",
                  "description": "Run slots taken."
                },
                "byTeam": {
                  "type": "array",
                  "items": {
                    "type": "integer"
                  },
                  "description": "Queued tasks of each of `teams`, in their order."
                },
                "other": {
                  "type": "integer",
                  "description": "Queued tasks of all other teams."
                }
              }
            }
          }
        }
      },
      "RunningTask": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "id",
          "team",
          "repository",
          "template",
          "provider",
          "state",
          "startedAt",
          "elapsedSeconds"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "team": {
            "type": "string"
          },
          "repository": {
            "$ref": "#/components/schemas/Repository"
          },
          "template": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "name",
              "title"
            ],
            "properties": {
              "name": {
                "type": "string"
              },
              "title": {
                "type": "string"
              }
            }
          },
          "provider": {
            "type": "string",
            "description": "Title of the provider."
          },
          "state": {
            "$ref": "#/components/schemas/TaskState"
          },
          "startedAt": {
            "type": "string",
            "format": "date-time",
            "description": "When the agent started; before it has, when the task was admitted."
          },
          "elapsedSeconds": {
            "type": "number"
          },
          "medianSeconds": {
            "type": "number",
            "description": "How long runs of this template take, from start to the end of the agent's work. Absent where none was measured."
          }
        }
      },
      "RunningTaskList": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/RunningTask"
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "TeamUsage": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "used"
        ],
        "properties": {
          "used": {
            "type": "integer",
            "description": "Of a parent group: the sum of the teams below it."
          },
          "max": {
            "type": "integer",
            "description": "Absent: there is no limit."
          }
        }
      },
      "TeamReviewUsage": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "used",
          "foreign"
        ],
        "properties": {
          "used": {
            "type": "integer",
            "description": "With what was opened elsewhere. Of a parent group: the sum of the teams below it."
          },
          "max": {
            "type": "integer",
            "description": "Absent: there is no limit."
          },
          "foreign": {
            "type": "integer",
            "description": "The part of `used` that is due to changes which agents opened elsewhere in the repositories of the team."
          }
        }
      },
      "TeamRunningUsage": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "used",
          "borrowed",
          "lent"
        ],
        "properties": {
          "used": {
            "type": "integer"
          },
          "max": {
            "type": "integer",
            "description": "The nominal number, and what the team may borrow. Absent: there is no limit."
          },
          "nominal": {
            "type": "integer",
            "description": "Its own slots."
          },
          "borrowed": {
            "type": "integer",
            "description": "Slots beyond the own ones that it has from its cohort."
          },
          "lent": {
            "type": "integer",
            "description": "Own slots that others of its cohort have."
          },
          "cohort": {
            "type": "string"
          }
        }
      },
      "TeamPause": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "reason",
          "by",
          "at",
          "mayResume"
        ],
        "properties": {
          "reason": {
            "type": "string"
          },
          "by": {
            "type": "string",
            "description": "Entity ref of the user or the service."
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "until": {
            "type": "string",
            "format": "date-time",
            "description": "When it ends by itself; absent: when somebody ends it."
          },
          "mayResume": {
            "type": "boolean",
            "description": "Whether the caller may end it. Who may only lower limits may not end the pause of somebody who manages them."
          }
        }
      },
      "TeamSummary": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "team",
          "gone",
          "isParent",
          "paused",
          "queued",
          "running",
          "changes",
          "reviewMinutes",
          "limitsSet"
        ],
        "properties": {
          "team": {
            "type": "string",
            "description": "Entity ref of the group."
          },
          "title": {
            "type": "string"
          },
          "gone": {
            "type": "boolean",
            "description": "The catalog no longer has it."
          },
          "isParent": {
            "type": "boolean",
            "description": "There are groups below it."
          },
          "paused": {
            "type": "boolean"
          },
          "queued": {
            "type": "integer"
          },
          "running": {
            "$ref": "#/components/schemas/TeamUsage"
          },
          "changes": {
            "$ref": "#/components/schemas/TeamReviewUsage"
          },
          "reviewMinutes": {
            "$ref": "#/components/schemas/TeamReviewUsage"
          },
          "cohort": {
            "type": "string"
          },
          "limitsSet": {
            "type": "boolean",
            "description": "Somebody set limits of its own."
          }
        }
      },
      "TeamList": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "items",
          "known"
        ],
        "properties": {
          "known": {
            "type": "boolean",
            "description": "False: how many slots are taken is not known, and nothing starts."
          },
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/TeamSummary"
            }
          }
        }
      },
      "TeamNumberSetting": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "from"
        ],
        "properties": {
          "value": {
            "type": "number",
            "description": "Absent: there is no limit."
          },
          "from": {
            "type": "string",
            "enum": [
              "default",
              "set"
            ],
            "description": "Whether it comes from the configuration or was set."
          },
          "default": {
            "type": "number",
            "description": "What `null` goes back to. Absent: no limit."
          },
          "by": {
            "type": "string",
            "description": "Who set it."
          },
          "at": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "TeamTextSetting": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "from"
        ],
        "properties": {
          "value": {
            "type": "string"
          },
          "from": {
            "type": "string",
            "enum": [
              "default",
              "set"
            ]
          },
          "by": {
            "type": "string",
            "description": "Who set it."
          },
          "at": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "TeamSettings": {
        "type": "object",
        "additionalProperties": false,
        "description": "The limits in force. Those of a parent group hold for the sum of the teams below it, and it has none by default.",
        "required": [
          "running",
          "borrow",
          "cohort",
          "openChanges",
          "reviewMinutes",
          "autoChanges",
          "launchesPerDay",
          "weight"
        ],
        "properties": {
          "running": {
            "$ref": "#/components/schemas/TeamNumberSetting"
          },
          "borrow": {
            "$ref": "#/components/schemas/TeamNumberSetting"
          },
          "cohort": {
            "$ref": "#/components/schemas/TeamTextSetting"
          },
          "openChanges": {
            "$ref": "#/components/schemas/TeamNumberSetting"
          },
          "reviewMinutes": {
            "$ref": "#/components/schemas/TeamNumberSetting"
          },
          "autoChanges": {
            "$ref": "#/components/schemas/TeamNumberSetting"
          },
          "launchesPerDay": {
            "$ref": "#/components/schemas/TeamNumberSetting"
          },
          "weight": {
            "$ref": "#/components/schemas/TeamNumberSetting"
          }
        }
      },
      "TeamSlot": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "task",
          "template",
          "state",
          "since",
          "repository",
          "holds"
        ],
        "properties": {
          "task": {
            "type": "string",
            "description": "Id of the task."
          },
          "team": {
            "type": "string",
            "description": "Its team, where a parent group was asked for."
          },
          "template": {
            "type": "string"
          },
          "state": {
            "$ref": "#/components/schemas/TaskState"
          },
          "since": {
            "type": "string",
            "format": "date-time"
          },
          "repository": {
            "type": "string",
            "description": "host/owner/name"
          },
          "holds": {
            "type": "array",
            "description": "Which slots it holds.",
            "items": {
              "type": "string",
              "enum": [
                "running",
                "changes",
                "auto"
              ]
            }
          },
          "minutes": {
            "type": "integer",
            "description": "Estimated minutes of its review."
          },
          "change": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "url"
            ],
            "properties": {
              "url": {
                "type": "string"
              },
              "number": {
                "type": "integer"
              },
              "title": {
                "type": "string"
              }
            }
          }
        }
      },
      "TeamForeignChange": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "url",
          "title",
          "author",
          "repository",
          "openedAt",
          "minutes"
        ],
        "properties": {
          "url": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "author": {
            "type": "string",
            "description": "Login of the agent."
          },
          "repository": {
            "type": "string",
            "description": "host/owner/name"
          },
          "openedAt": {
            "type": "string",
            "format": "date-time"
          },
          "minutes": {
            "type": "integer",
            "description": "Estimated minutes of its review."
          }
        }
      },
      "TeamRelative": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "team",
          "gone",
          "paused",
          "running",
          "changes",
          "reviewMinutes"
        ],
        "properties": {
          "team": {
            "type": "string"
          },
          "title": {
            "type": "string"
          },
          "gone": {
            "type": "boolean"
          },
          "paused": {
            "type": "boolean"
          },
          "running": {
            "$ref": "#/components/schemas/TeamUsage"
          },
          "changes": {
            "$ref": "#/components/schemas/TeamReviewUsage"
          },
          "reviewMinutes": {
            "$ref": "#/components/schemas/TeamReviewUsage"
          }
        }
      },
      "TeamDetails": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "team",
          "gone",
          "isParent",
          "known",
          "version",
          "settings",
          "queued",
          "running",
          "changes",
          "reviewMinutes",
          "autoChanges",
          "launchesToday",
          "slots",
          "slotsTotal",
          "foreignChanges",
          "foreignChangesTotal",
          "parents",
          "children",
          "permissions"
        ],
        "properties": {
          "team": {
            "type": "string",
            "description": "Entity ref of the group."
          },
          "title": {
            "type": "string"
          },
          "gone": {
            "type": "boolean",
            "description": "The catalog no longer has it."
          },
          "isParent": {
            "type": "boolean",
            "description": "There are groups below it."
          },
          "problem": {
            "type": "string",
            "description": "What a person should know, in a sentence; such as that the group is gone while it holds slots."
          },
          "known": {
            "type": "boolean",
            "description": "False: how many slots are taken is not known, and nothing starts."
          },
          "version": {
            "type": "integer",
            "description": "Of the limits and the pause; 0 where nothing was ever set."
          },
          "settings": {
            "$ref": "#/components/schemas/TeamSettings"
          },
          "pause": {
            "$ref": "#/components/schemas/TeamPause"
          },
          "queued": {
            "type": "integer"
          },
          "oldestQueuedAt": {
            "type": "string",
            "format": "date-time"
          },
          "running": {
            "$ref": "#/components/schemas/TeamRunningUsage"
          },
          "changes": {
            "$ref": "#/components/schemas/TeamReviewUsage"
          },
          "reviewMinutes": {
            "$ref": "#/components/schemas/TeamReviewUsage"
          },
          "autoChanges": {
            "$ref": "#/components/schemas/TeamUsage"
          },
          "launchesToday": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "used"
            ],
            "description": "Tasks that were admitted since midnight UTC.",
            "properties": {
              "used": {
                "type": "integer"
              },
              "max": {
                "type": "integer",
                "description": "Absent: there is no limit."
              }
            }
          },
          "oldestWaiting": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "since",
              "repository"
            ],
            "description": "The change that waits longest for its review.",
            "properties": {
              "task": {
                "type": "string",
                "description": "Absent: it was opened elsewhere."
              },
              "since": {
                "type": "string",
                "format": "date-time"
              },
              "repository": {
                "type": "string",
                "description": "host/owner/name"
              },
              "url": {
                "type": "string"
              },
              "title": {
                "type": "string"
              }
            }
          },
          "slots": {
            "type": "array",
            "description": "Tasks that hold slots and that the caller may see, those that hold one longest first; at most 200.",
            "items": {
              "$ref": "#/components/schemas/TeamSlot"
            }
          },
          "slotsTotal": {
            "type": "integer",
            "description": "All tasks that hold slots, seen or not."
          },
          "foreignChanges": {
            "type": "array",
            "description": "The oldest first; at most 200. Empty for who may not see all tasks of the team.",
            "items": {
              "$ref": "#/components/schemas/TeamForeignChange"
            }
          },
          "foreignChangesTotal": {
            "type": "integer"
          },
          "parents": {
            "type": "array",
            "description": "The groups above it, the nearest first.",
            "items": {
              "$ref": "#/components/schemas/TeamRelative"
            }
          },
          "children": {
            "type": "array",
            "description": "The groups directly below it that have tasks or limits, or teams that do; by name.",
            "items": {
              "$ref": "#/components/schemas/TeamRelative"
            }
          },
          "permissions": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "lower",
              "raise",
              "pause"
            ],
            "description": "What the caller may do.",
            "properties": {
              "lower": {
                "type": "boolean",
                "description": "Send values that are at most those in force."
              },
              "raise": {
                "type": "boolean",
                "description": "Send any values, and change cohorts."
              },
              "pause": {
                "type": "boolean"
              }
            }
          }
        }
      },
      "TeamLimitsRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "expectedVersion"
        ],
        "properties": {
          "expectedVersion": {
            "type": "integer",
            "description": "`version` of the team that the values were chosen for."
          },
          "reason": {
            "type": "string",
            "maxLength": 1000,
            "description": "For the audit log."
          },
          "running": {
            "type": "number",
            "nullable": true,
            "description": "Own run slots: 0 to 10,000."
          },
          "borrow": {
            "type": "number",
            "nullable": true,
            "description": "Run slots beyond the own ones that it may have from its cohort: 0 to 10,000."
          },
          "cohort": {
            "type": "string",
            "nullable": true,
            "description": "Teams of one cohort lend each other idle run slots. 1 to 63 letters, digits, and - _ . between them."
          },
          "openChanges": {
            "type": "number",
            "nullable": true,
            "description": "Open agent changes: 0 to 10,000."
          },
          "reviewMinutes": {
            "type": "number",
            "nullable": true,
            "description": "Estimated review minutes of open agent changes: 0 to 100,000."
          },
          "autoChanges": {
            "type": "number",
            "nullable": true,
            "description": "Open changes that need no review: 0 to 10,000."
          },
          "launchesPerDay": {
            "type": "number",
            "nullable": true,
            "description": "Tasks that start within a day of UTC: 0 to 100,000."
          },
          "weight": {
            "type": "number",
            "nullable": true,
            "description": "Its share beside other teams: 0.01 to 1,000; a team with twice the weight gets twice the share."
          }
        }
      },
      "TeamPauseRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "reason"
        ],
        "properties": {
          "reason": {
            "type": "string",
            "minLength": 1,
            "maxLength": 1000
          },
          "until": {
            "type": "string",
            "format": "date-time",
            "description": "When it ends by itself; absent: when somebody ends it."
          }
        }
      },
      "TriggerSchedule": {
        "type": "object",
        "required": [
          "cron",
          "timeZone",
          "jitterSeconds",
          "missedRuns",
          "overlap"
        ],
        "additionalProperties": false,
        "properties": {
          "cron": {
            "type": "string",
            "minLength": 1,
            "maxLength": 100,
            "description": "Minute, hour, day of month, month, day of week, such as `0 6 * * 1`."
          },
          "timeZone": {
            "type": "string",
            "minLength": 1,
            "maxLength": 64,
            "description": "Of the IANA database, such as `Europe/Vienna`."
          },
          "jitterSeconds": {
            "type": "integer",
            "minimum": 0,
            "maximum": 3600,
            "description": "Each run is put off by so much at most, by its trigger and time, the same in all replicas."
          },
          "missedRuns": {
            "type": "string",
            "enum": [
              "skip",
              "run-once"
            ],
            "description": "What becomes of runs that were due while the portal was down."
          },
          "overlap": {
            "type": "string",
            "enum": [
              "skip",
              "allow"
            ],
            "description": "What becomes of a run while tasks of an earlier one are not settled."
          }
        }
      },
      "TriggerWebhook": {
        "type": "object",
        "required": [
          "source",
          "parameters"
        ],
        "additionalProperties": false,
        "properties": {
          "source": {
            "type": "string",
            "enum": [
              "github",
              "generic"
            ]
          },
          "events": {
            "type": "array",
            "maxItems": 20,
            "items": {
              "type": "string",
              "minLength": 1,
              "maxLength": 64
            },
            "description": "Of GitHub, such as `push`. Required for it, and for no other source."
          },
          "secret": {
            "type": "string",
            "minLength": 1,
            "maxLength": 100,
            "description": "The name of a secret below `agentTasks.triggers.secrets` of the configuration, for a sender that calls the address of the trigger. Absent for GitHub: its events come through Backstage, which has verified them."
          },
          "filter": {
            "type": "string",
            "maxLength": 2000,
            "description": "An expression; nothing is launched unless it is true."
          },
          "parameters": {
            "type": "object",
            "maxProperties": 50,
            "additionalProperties": {
              "type": "string",
              "maxLength": 2000
            },
            "description": "An expression for each parameter that the event gives."
          },
          "components": {
            "type": "string",
            "maxLength": 2000,
            "description": "An expression for the entity refs of the components. Without it, and without components or a selection of the trigger, they are those of the repository that the event names."
          },
          "subject": {
            "type": "string",
            "maxLength": 2000,
            "description": "An expression for what the event is about; an event that is older than another of the same subject is left out. For GitHub it is known."
          }
        }
      },
      "TriggerCaps": {
        "type": "object",
        "required": [
          "tasksPerHour",
          "openAtOnce"
        ],
        "additionalProperties": false,
        "properties": {
          "tasksPerHour": {
            "type": "integer",
            "minimum": 1,
            "maximum": 50000,
            "description": "How many tasks it launches within any hour."
          },
          "openAtOnce": {
            "type": "integer",
            "minimum": 1,
            "maximum": 50000,
            "description": "How many of its tasks may be open at once."
          }
        }
      },
      "TriggerRequest": {
        "type": "object",
        "required": [
          "name",
          "type",
          "owner",
          "template",
          "parameters",
          "scope",
          "caps"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string",
            "maxLength": 63,
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
            "description": "Unique; its launches are asked for by `trigger:<name>`."
          },
          "type": {
            "type": "string",
            "enum": [
              "schedule",
              "webhook"
            ]
          },
          "title": {
            "type": "string",
            "maxLength": 200
          },
          "description": {
            "type": "string",
            "maxLength": 2000
          },
          "owner": {
            "type": "string",
            "minLength": 1,
            "maxLength": 200,
            "description": "Entity ref of the group that answers for it, such as `group:default/payments`."
          },
          "template": {
            "type": "string",
            "minLength": 1,
            "maxLength": 200
          },
          "parameters": {
            "$ref": "#/components/schemas/JsonObject"
          },
          "components": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1000,
            "items": {
              "type": "string",
              "minLength": 1,
              "maxLength": 500
            }
          },
          "selection": {
            "$ref": "#/components/schemas/Selection"
          },
          "scope": {
            "type": "string",
            "enum": [
              "owned",
              "all"
            ],
            "description": "`owned`: components of the owner and of groups below it. `all` needs the right to launch on every component."
          },
          "caps": {
            "$ref": "#/components/schemas/TriggerCaps"
          },
          "rollout": {
            "$ref": "#/components/schemas/Rollout"
          },
          "schedule": {
            "$ref": "#/components/schemas/TriggerSchedule"
          },
          "webhook": {
            "$ref": "#/components/schemas/TriggerWebhook"
          },
          "expectedVersion": {
            "type": "integer",
            "minimum": 1,
            "description": "Of a change: the version that it was made from."
          }
        }
      },
      "Trigger": {
        "type": "object",
        "required": [
          "id",
          "name",
          "type",
          "owner",
          "template",
          "parameters",
          "scope",
          "caps",
          "usage",
          "createdBy",
          "createdAt",
          "updatedBy",
          "updatedAt",
          "version",
          "mayManage"
        ],
        "additionalProperties": false,
        "properties": {
          "id": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "type": {
            "type": "string",
            "enum": [
              "schedule",
              "webhook"
            ]
          },
          "title": {
            "type": "string"
          },
          "description": {
            "type": "string"
          },
          "owner": {
            "type": "string"
          },
          "template": {
            "type": "string"
          },
          "parameters": {
            "$ref": "#/components/schemas/JsonObject"
          },
          "components": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "selection": {
            "$ref": "#/components/schemas/Selection"
          },
          "scope": {
            "type": "string",
            "enum": [
              "owned",
              "all"
            ]
          },
          "caps": {
            "$ref": "#/components/schemas/TriggerCaps"
          },
          "usage": {
            "type": "object",
            "required": [
              "tasksLastHour",
              "openTasks"
            ],
            "additionalProperties": false,
            "properties": {
              "tasksLastHour": {
                "type": "integer"
              },
              "openTasks": {
                "type": "integer"
              }
            }
          },
          "rollout": {
            "$ref": "#/components/schemas/Rollout"
          },
          "schedule": {
            "$ref": "#/components/schemas/TriggerSchedule"
          },
          "webhook": {
            "$ref": "#/components/schemas/TriggerWebhook"
          },
          "hookPath": {
            "type": "string",
            "description": "Where a sender posts to, below the address of the plugin; absent where the events come through Backstage."
          },
          "paused": {
            "type": "object",
            "required": [
              "reason",
              "by",
              "since"
            ],
            "additionalProperties": false,
            "properties": {
              "reason": {
                "type": "string"
              },
              "by": {
                "type": "string"
              },
              "since": {
                "type": "string",
                "format": "date-time"
              }
            }
          },
          "createdBy": {
            "type": "string"
          },
          "createdAt": {
            "type": "string",
            "format": "date-time"
          },
          "updatedBy": {
            "type": "string"
          },
          "updatedAt": {
            "type": "string",
            "format": "date-time"
          },
          "version": {
            "type": "integer"
          },
          "nextRunAt": {
            "type": "string",
            "format": "date-time"
          },
          "lastRun": {
            "$ref": "#/components/schemas/TriggerRun"
          },
          "problem": {
            "type": "string",
            "description": "Why it would launch nothing now, such as a template that is gone."
          },
          "mayManage": {
            "type": "boolean"
          }
        }
      },
      "TriggerList": {
        "type": "object",
        "required": [
          "items",
          "mayCreate",
          "secrets"
        ],
        "additionalProperties": false,
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Trigger"
            }
          },
          "mayCreate": {
            "type": "boolean"
          },
          "secrets": {
            "type": "array",
            "items": {
              "type": "string"
            },
            "description": "The names of the secrets that webhooks may use, for those who may make triggers."
          }
        }
      },
      "TriggerRun": {
        "type": "object",
        "required": [
          "id",
          "at",
          "cause",
          "outcome"
        ],
        "additionalProperties": false,
        "properties": {
          "id": {
            "type": "string"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "cause": {
            "type": "string",
            "enum": [
              "schedule",
              "webhook",
              "manual"
            ]
          },
          "outcome": {
            "type": "string",
            "enum": [
              "pending",
              "launched",
              "skipped",
              "refused",
              "failed"
            ],
            "description": "`skipped`: as the trigger is told to. `refused`: it may not, or the launch is not possible. `failed`: something went wrong."
          },
          "reason": {
            "type": "string"
          },
          "campaignId": {
            "type": "string"
          },
          "tasks": {
            "type": "integer",
            "description": "How many were launched."
          },
          "deliveryId": {
            "type": "string"
          },
          "event": {
            "type": "string"
          },
          "dueAt": {
            "type": "string",
            "format": "date-time"
          },
          "requestedBy": {
            "type": "string"
          }
        }
      },
      "TriggerRunList": {
        "type": "object",
        "required": [
          "items"
        ],
        "additionalProperties": false,
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/TriggerRun"
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      }
    }
  }
} as const satisfies object;
