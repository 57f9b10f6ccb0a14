import { behaviour, type Loose, type Start } from '../src/behaviour.js';

const start = async ({ lib, load, target, config, options }: Start): Promise<unknown> => {
  const { create, createFileRegistry } = await load('@bufbuild/protobuf');
  const { FileDescriptorProtoSchema, file_google_protobuf_empty } = await load('@bufbuild/protobuf/wkt');
  const { createConnectTransport } = await load('@connectrpc/connect-node');
  const empty = '.google.protobuf.Empty';
  const file = create(FileDescriptorProtoSchema, {
    name: 'a.proto',
    package: 'a',
    syntax: 'proto3',
    dependency: ['google/protobuf/empty.proto'],
    service: [{ name: 'B', method: [{ name: 'C', inputType: empty, outputType: empty }] }],
  });
  const registry: Loose = createFileRegistry(file, () => file_google_protobuf_empty);
  const transport = createConnectTransport({ baseUrl: target.url, httpVersion: '1.1', ...config });
  return lib.createClient(registry.getService('a.B'), transport).c({}, options);
};

export default behaviour({
  library: '@connectrpc/connect',
  versions: [{ package: '@connectrpc/connect' }],
  clients: { Client: { start, type: 'application/proto' } },
  same: { Transport: 'Client' },
});
