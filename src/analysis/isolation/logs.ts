/** Calls that only tell people about something: logs, metrics, traces. */
import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap, type Module } from '../module.js';

const logger = /(?:^|[.#_])_?(?:console|log|logs|logger|logging|winston|pino|bunyan|debug)(?:\(\))?$/i;
const level = /^(?:assert|dir|log|trace|debug|info|notice|warn|warning|error|fatal|critical|verbose|silly|http|table)$/;
const bare = /^(?:log|debug|warn|logger|log(?:Error|Warning|Warn|Info|Debug))$/;
const telemetry =
  /(?:^|\.)(?:setAttributes?|setTag|setTags|setContext|addEvent|recordException|setStatus|increment|inc|observe|histogram|gauge|timing|record|breadcrumb|addBreadcrumb|captureException|captureMessage|track)$/;

/** Whether a call writes a log line. */
export function isLogCall(node: TSESTree.Node, module: Module): boolean {
  if (node.type !== 'CallExpression') return false;
  const callee = unwrap(node.callee);
  if (callee.type === 'Identifier') return bare.test(callee.name);
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return false;
  if (/^log(?:Error|Warning|Warn|Info|Debug)?$/.test(callee.property.name)) return true;
  const owner = module.text.slice(...callee.object.range).replaceAll(/\?|!|\s/g, '');
  return level.test(callee.property.name) && logger.test(owner);
}

/** Whether a call feeds a metric, a trace or an error tracker. */
export function isTelemetryCall(node: TSESTree.Node, module: Module): boolean {
  return node.type === 'CallExpression' && telemetry.test(module.text.slice(...node.callee.range));
}
