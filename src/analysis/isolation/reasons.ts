/** Why a failure that nobody is told of may be meant: reasons in comments, teardown, probes. */
import type { TSESTree } from '@typescript-eslint/utils';
import { enclosingFunction, isFunction, memberName, unwrap, walk, type Module } from '../module.js';
import { nameOfFunction, type Reached } from './reach.js';

const trivial =
  /^[\s*/.!-]*(?:ignore[ds]?|noop|no-op|no op|empty|nothing|swallow(?:ed)?|silent(?:ly)?|pass|intentional(?:ly)?(?: empty)?|do nothing|skip(?:ped)?|continue)?[\s*/.!-]*$/i;

const noReason = /^[\s*/]*(?:eslint-|@ts-|prettier-|istanbul|c8|v8|todo\b|fixme\b|xxx\b|biome-)/i;

const reasonWords =
  /best.?effort|ignor|fail|error|optional|critical|silent|swallow|don'?t care|doesn'?t matter|may not|might not|not exist|unavailable|never throw|fire.?and.?forget|fall ?back|degrad|tolerat|non-?blocking|unreachable|offline|wrong|problem|gone|already/i;

/** What a comment says, without the names of rules, files and the like: those are no words about a failure. */
function proseOf(comment: TSESTree.Comment): string {
  return comment.value.replaceAll(/\S*\w[/]\w\S*|\b\w+(?:-\w+){2,}\b|^\s*[\w@-]+:(?=\s|$)/g, ' ');
}

/** What the comments in a range say about why: a reason, a word that gives none, or nothing. */
export function reasonIn([start, end]: readonly [number, number], module: Module): 'reason' | 'word' | null {
  let word = false;
  for (const comment of module.ast.comments ?? []) {
    if (comment.range[0] < start || comment.range[1] > end || noReason.test(comment.value)) continue;
    const prose = proseOf(comment);
    if (/\w\W+\w/.test(prose) && !trivial.test(prose)) return 'reason';
    word ||= /\w/.test(prose);
  }
  return word ? 'word' : null;
}

/** Whether a comment above a statement, or behind it on its line, speaks of failure. */
export function isExplainedAbove(node: TSESTree.Node, module: Module): boolean {
  let statement: TSESTree.Node = node;
  while (statement.parent && !/Statement$|Declaration$|Definition$/.test(statement.type)) statement = statement.parent;
  return (module.ast.comments ?? []).some((comment) => {
    const { loc } = comment;
    const above = loc.end.line === statement.loc.start.line - 1;
    const beside = loc.start.line === statement.loc.end.line || loc.start.line === node.loc.end.line;
    const prose = proseOf(comment);
    return (above || beside) && !noReason.test(comment.value) && !trivial.test(prose) && reasonWords.test(prose);
  });
}

// Teardown, probes

const teardownName =
  /^#?_?(?:quit|disconnect|destroy|dispose|release|unlock|rollback|unsubscribe|terminate|shutdown|clean|cleanup|unlink|rmdir|deregister|unregister|drain|flush|unref|teardown)/i;

/** What these end is the object itself, where they are told nothing else. */
const teardownOfItself = /^#?_?(?:close|end|cancel|abort|kill|stop|revoke|logout|revert|undo|detach|ack|nack)$/i;

/** Functions that end what the process holds: by words that mean nothing else, or with what is ended in their name. */
const teardownFunction =
  /shut.?down|dispos|destroy|clean.?up|tear.?down|disconnect|rollback|unlock|^#?_?(?:close|stop|release|terminate|logout|unsubscribe|end|quit)(?:$|All|Connections?|Server|Clients?|Pools?|Sockets?|Streams?|Browser|Resources|Handles?|Session|Gracefully)/i;

function namesAround(node: TSESTree.Node): string[] {
  const names: string[] = [];
  for (let fn = enclosingFunction(node); fn && names.length < 3; fn = enclosingFunction(fn)) {
    const name = nameOfFunction(fn);
    if (name !== null) names.push(name);
  }
  return names;
}

/** Code that gives something back, or ends it: what fails there is nobody's business any more. */
export function isTeardown(node: TSESTree.Node, work: TSESTree.Node, module: Module): boolean {
  if (namesAround(node).some((name) => teardownFunction.test(name))) return true;
  for (let child = node, parent = node.parent; parent && !isFunction(parent); child = parent, parent = parent.parent) {
    if (parent.type === 'CatchClause') return true;
    if (parent.type === 'TryStatement' && parent.finalizer === child) return true;
  }
  let calls = 0;
  let teardowns = 0;
  walk(work, module, (inner) => {
    if (inner.type === 'CallExpression') {
      const callee = unwrap(inner.callee);
      const name =
        callee.type === 'Identifier'
          ? callee.name
          : callee.type === 'MemberExpression'
            ? (memberName(callee) ?? '')
            : '';
      if (/^(?:then|catch|finally|all|allSettled|map)$/.test(name)) return undefined;
      calls++;
      if (teardownName.test(name) || (teardownOfItself.test(name) && inner.arguments.length === 0)) teardowns++;
    }
    return undefined;
  });
  return calls > 0 && calls === teardowns;
}

/** Why a failure that nobody is told of may be meant. */
export function doubtAbout({ call }: Reached): string | null {
  return /^(?:ioredis|redis|node-redis|memjs)$/.test(call.library.name) ? 'a cache may be missed' : null;
}
