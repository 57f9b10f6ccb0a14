/** VS Code's ESLint server, driven over the Language Server Protocol as an editor drives it. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeAction, Diagnostic, WorkspaceEdit } from 'vscode-languageserver-types';

/** What VS Code's extension answers when the server asks for its settings. */
const settings = {
  validate: 'on',
  run: 'onType',
  nodePath: null,
  packageManager: 'npm',
  useESLintClass: true,
  experimental: { useFlatConfig: false },
  workingDirectory: { mode: 'location' },
  codeAction: {
    disableRuleComment: { enable: false, location: 'separateLine' },
    showDocumentation: { enable: true },
  },
  codeActionOnSave: { mode: 'all' },
  onIgnoredFiles: 'off',
  options: {},
  problems: { shortenToSingleLine: false },
  quiet: false,
  rulesCustomizations: [],
};

/** The answer "approved" to the question whether the workspace's ESLint may run. */
const approved = 4;

/** A running server, and the documents that the editor has open. */
export interface Editor {
  open: (file: string, text: string) => Promise<void>;
  /** Changes the whole text of an open document, without saving it. */
  edit: (file: string, text: string) => Promise<void>;
  /** Tells that a document was saved; what is on disk is the test's business. */
  save: (file: string) => Promise<void>;
  diagnostics: (file: string) => Promise<Diagnostic[]>;
  /** What the light bulb offers for a diagnostic, but for the documentation and the fixes of other places. */
  actions: (file: string, diagnostic: Diagnostic) => Promise<CodeAction[]>;
  /** The text that an action makes of a document; the document stays as it is. */
  apply: (file: string, action: CodeAction) => Promise<string>;
  /** Bytes of live objects in the server, after a garbage collection. */
  heap: () => Promise<number>;
  stop: () => Promise<void>;
}

/** Collects garbage and tells the heap's size whenever its parent sends a message. */
const probe = `process.on('message', () => { gc(); gc(); process.send(process.memoryUsage().heapUsed); });`;

/** Starts the server that is installed in `root`, with the folder as its workspace. */
export async function startEditor(root: string): Promise<Editor> {
  const server = createRequire(join(root, 'package.json')).resolve(
    'vscode-langservers-extracted/bin/vscode-eslint-language-server',
  );
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--import', `data:text/javascript,${encodeURIComponent(probe)}`, server, '--stdio'],
    { cwd: root, stdio: ['pipe', 'pipe', 'inherit', 'ipc'], env: { ...process.env, CI: '', NODE_OPTIONS: '' } },
  );
  if (!child.stdout || !child.stdin) throw new Error('The server has no pipes.');
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const workspaceFolder = { name: 'workspace', uri: pathToFileURL(root).href };
  const uriOf = (file: string): string => pathToFileURL(join(root, file)).href;
  const documents = new Map<string, TextDocument>();
  const documentOf = (file: string): TextDocument => {
    const document = documents.get(uriOf(file));
    if (!document) throw new Error(`${file} is not open.`);
    return document;
  };
  let applied: WorkspaceEdit | null = null;

  connection.onRequest('workspace/configuration', ({ items }: { items: readonly unknown[] }) =>
    items.map(() => ({ ...settings, workspaceFolder })),
  );
  connection.onRequest('eslint/confirmESLintExecution', () => approved);
  connection.onRequest('workspace/applyEdit', ({ edit }: { edit: WorkspaceEdit }) => {
    applied = edit;
    return { applied: true };
  });
  connection.onRequest(() => null);
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: workspaceFolder.uri,
    workspaceFolders: [workspaceFolder],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true, applyEdit: true },
      textDocument: {
        diagnostic: { dynamicRegistration: false },
        codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
      },
    },
  });
  await connection.sendNotification('initialized', {});

  return {
    open: async (file, text) => {
      const document = TextDocument.create(uriOf(file), 'typescript', 1, text);
      documents.set(document.uri, document);
      await connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri: document.uri, languageId: document.languageId, version: document.version, text },
      });
    },
    edit: async (file, text) => {
      const { uri, version } = documentOf(file);
      const document = TextDocument.create(uri, 'typescript', version + 1, text);
      documents.set(uri, document);
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: document.version },
        contentChanges: [{ text }],
      });
    },
    save: (file) => connection.sendNotification('textDocument/didSave', { textDocument: { uri: uriOf(file) } }),
    diagnostics: async (file) => {
      const report = await connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', {
        textDocument: { uri: uriOf(file) },
      });
      return report.items;
    },
    actions: async (file, diagnostic) => {
      const all = await connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: uriOf(file) },
        range: diagnostic.range,
        context: { diagnostics: [diagnostic], only: ['quickfix'] },
      });
      return all.filter(({ command }) => /\.apply(?:SingleFix|Suggestion)$/.test(command?.command ?? ''));
    },
    apply: async (file, { command, title }) => {
      applied = null;
      await connection.sendRequest('workspace/executeCommand', {
        command: command?.command,
        arguments: command?.arguments,
      });
      const document = documentOf(file);
      const edits = (applied as WorkspaceEdit | null)?.documentChanges?.flatMap((change) =>
        'edits' in change && change.textDocument.uri === document.uri ? change.edits : [],
      );
      if (!edits || edits.length === 0) throw new Error(`"${title}" changed nothing.`);
      return TextDocument.applyEdits(
        document,
        edits.filter((edit) => 'newText' in edit),
      );
    },
    heap: () =>
      new Promise<number>((resolve, reject) => {
        const ended = (): void => reject(new Error('The server has ended.'));
        child.once('exit', ended);
        child.once('message', (bytes) => {
          child.off('exit', ended);
          resolve(bytes as number);
        });
        child.send('heap');
      }),
    stop: async () => {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      connection.dispose();
      child.kill();
    },
  };
}
