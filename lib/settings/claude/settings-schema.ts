import * as z from 'zod/mini';

// Claude Code ignores a whole file for one value of a wrong type, mostly. What is here was tried with
// its versions 2.1.328 and 2.1.332, key by key; keys that are not here may hold anything, as may
// keys that no version knows. A newer version can differ, so `claude doctor` is asked where there is
// one.

const text = z.string();
const flag = z.boolean();
const texts = z.array(text);
const whole = z.number().check(z.int(), z.positive());

function each<Schema extends z.ZodMiniType>(schema: Schema, names: string) {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, z.optional(schema)]));
}

const texted = each(
  text,
  `$schema advisorModel agent apiKeyHelper attributionProject autoMemoryDirectory awsAuthRefresh
  awsCredentialExport claudeMd downloadsMirrorUrl gcpAuthRefresh language minimumVersion model
  modelCatalogPublicKey modelCatalogUrl otelHeadersHelper outputStyle plansDirectory
  pluginTrustMessage prUrlTemplate processWrapper proxyAuthHelper requiredMaximumVersion
  requiredMinimumVersion timeFormat timeZone`,
);

const flagged = each(
  flag,
  `agentPushNotifEnabled allowAllClaudeAiMcps allowClaudeInChromeWithManagedMcp
  allowNestedModelAccessUnderForceLogin alwaysThinkingEnabled autoCompactEnabled autoDreamEnabled
  autoMemoryEnabled autoScrollEnabled awaySummaryEnabled bashEditDiffEnabled
  clawdFileProgressEnabled disableAllHooks disableReplyCheck doneMeansMerged
  emojiCompletionEnabled fastMode forceRemoteSettingsRefresh idleCompaction includeCoAuthoredBy
  includeGitInstructions inputNeededNotifEnabled precomputeCompactionEnabled prefersReducedMotion
  promptSuggestionEnabled respectGitignore respondToBashCommands showClearContextOnPlanAccept
  showMessageTimestamps showThinkingSummaries showTurnDuration spinnerTipsEnabled
  switchModelsOnFlag syntaxHighlightingDisabled terminalProgressBarEnabled terminalTitleFromRename
  todoFeatureEnabled totalTokensReminderAfterUserTurn verbose wheelScrollAccelerationEnabled
  workflowKeywordTriggerEnabled wslInheritsWindowsSettings`,
);

const flaggedOrNull = each(
  z.nullable(flag),
  `allowManagedHooksOnly allowManagedMcpServersOnly allowManagedPermissionRulesOnly
  autoContinueAtUsageLimit autoUploadSessions channelsEnabled disableAgentView disableArtifact
  disableBundledSkills disableClaudeAiConnectors disableCommandPluginSources
  disableDirectMcpSkills disableRemoteControl disableSideloadFlags disableSkillShellExecution
  disableWindowsBashCommandSplit disableWorkflows enableAllProjectMcpServers enableArtifact
  enableWorkflows enforceAvailableModels fastModePerSessionOptIn fileCheckpointingEnabled
  isolatePeerMachines remoteControlAtStartup responseComparisonEnabled
  skipDangerousModePermissionPrompt skipWebFetchPreflight skipWorkflowUsageWarning
  syncClaudeAiPlugins syncClaudeAiSkills`,
);

const listed = each(
  texts,
  `allowedHttpHookUrls availableModels claudeMdExcludes companyAnnouncements
  disabledMcpjsonServers enabledMcpjsonServers fallbackModel httpHookAllowedEnvVars
  pluginSuggestionMarketplaces`,
);

const object = z.looseObject({});

const objects = each(object, 'breakReminder env quietHours remote remoteTools voice worktree');

const command = z.looseObject({
  type: z.literal('command'),
  command: text,
  padding: z.optional(z.number()),
});

const permissions = z.looseObject({
  ...each(z.array(z.unknown()), 'allow ask deny'),
  ...each(texts, 'additionalDirectories'),
  ...each(z.literal('disable'), 'disableBypassPermissionsMode'),
  defaultMode: z.optional(
    z.enum(['acceptEdits', 'auto', 'bypassPermissions', 'default', 'dontAsk', 'plan']),
  ),
});

const sandbox = z.looseObject({
  ...each(flag, 'enabled autoAllowBashIfSandboxed allowUnsandboxedCommands'),
  ...each(texts, 'excludedCommands'),
  ...each(object, 'network'),
  filesystem: z.optional(z.looseObject(each(texts, 'allowWrite denyWrite denyRead'))),
});

const lists = {
  ...each(z.array(object), 'allowedChannelPlugins sshConfigs'),
  ...each(z.nullable(z.array(object)), 'blockedMarketplaces strictKnownMarketplaces'),
};

const rate = z.number().check(z.minimum(0), z.maximum(1));

/** Settings that take one of some words. */
const chosen = {
  ...each(z.enum(['latest', 'stable', 'rc']), 'autoUpdatesChannel'),
  ...each(z.enum(['transient', 'ask']), 'daemonColdStart'),
  ...each(z.enum(['bash', 'powershell']), 'defaultShell'),
  ...each(z.nullable(z.literal('disable')), 'disableAutoMode'),
  ...each(z.nullable(z.enum(['notify', 'quiet', 'off'])), 'feedbackDrafts'),
  ...each(z.enum(['first-wins', 'merge']), 'managedSourcesBehavior parentSettingsBehavior'),
  ...each(
    z.enum(['off', 'infinite', 'fixed', 'countdown', 'padded-countdown']),
    'totalTokensReminder',
  ),
  ...each(z.enum(['default', 'fullscreen']), 'tui'),
  ...each(z.enum(['unrestricted', 'small', 'medium', 'large']), 'workflowSizeGuideline'),
};

/** What a settings file must be for Claude Code to read it; its hooks are `readHooks`' matter. */
export const ClaudeSettingsFile = z.looseObject({
  ...texted,
  ...flagged,
  ...flaggedOrNull,
  ...listed,
  ...objects,
  ...lists,
  ...chosen,
  attribution: z.optional(
    z.union([flag, z.looseObject(each(text, 'commit pr'))], 'must be a boolean, or texts by name'),
  ),
  cleanupPeriodDays: z.optional(whole),
  desktopSessionCleanupPeriodDays: z.optional(z.number().check(z.int(), z.minimum(0))),
  enabledPlugins: z.optional(
    z.record(text, z.union([flag, texts], 'must be a boolean or a list of texts')),
  ),
  feedbackSurveyRate: z.optional(rate),
  fileSuggestion: z.optional(command),
  forceLoginOrgUUID: z.optional(z.union([text, texts], 'must be a text or a list of texts')),
  modelOverrides: z.optional(z.record(text, text)),
  permissions: z.optional(permissions),
  pluginConfigs: z.optional(z.record(text, object)),
  sandbox: z.optional(sandbox),
  skillListingBudgetFraction: z.optional(rate.check(z.positive())),
  skillListingMaxDescChars: z.optional(whole),
  skillOverrides: z.optional(
    z.record(text, z.enum(['on', 'name-only', 'user-invocable-only', 'off'])),
  ),
  spinnerVerbs: z.optional(z.looseObject({ mode: z.enum(['append', 'replace']), verbs: texts })),
  statusLine: z.optional(command),
  totalTokensReminderBudget: z.optional(whole),
});
