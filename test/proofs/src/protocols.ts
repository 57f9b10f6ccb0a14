/** Handshakes of protocols other than HTTP: each says what its protocol wants first, and then nothing. */
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';

/** Postgres: authentication passes, each query is left without an answer. */
export function postgres(socket: Socket): void {
  let started = false;
  socket.on('data', (data: Buffer) => {
    if (started) return;
    // SSLRequest: no TLS.
    if (data.length === 8 && data.readInt32BE(4) === 80877103) return void socket.write('N');
    started = true;
    const parameter = (name: string, value: string) => {
      const body = Buffer.from(`${name}\0${value}\0`);
      const head = Buffer.alloc(5);
      head.write('S');
      head.writeInt32BE(body.length + 4, 1);
      return Buffer.concat([head, body]);
    };
    socket.write(
      Buffer.concat([
        Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]),
        parameter('server_version', '16.0'),
        parameter('client_encoding', 'UTF8'),
        parameter('standard_conforming_strings', 'on'),
        Buffer.from([0x4b, 0, 0, 0, 12, 0, 0, 0, 1, 0, 0, 0, 1]),
        Buffer.from([0x5a, 0, 0, 0, 5, 0x49]),
      ]),
    );
  });
}

/** Redis: answers what clients send to set a connection up, and leaves GET, SET, INCR and the rest without an answer. */
export function redis(socket: Socket): void {
  let buffered = '';
  socket.on('data', (data) => {
    buffered += data.toString('latin1');
    for (;;) {
      const head = /^\*(\d+)\r\n/.exec(buffered);
      if (!head) return;
      let at = head[0].length;
      const words: string[] = [];
      for (let i = 0; i < Number(head[1]); i++) {
        const size = /^\$(\d+)\r\n/.exec(buffered.slice(at));
        if (!size) return;
        at += size[0].length;
        if (buffered.length < at + Number(size[1]) + 2) return;
        words.push(buffered.slice(at, at + Number(size[1])));
        at += Number(size[1]) + 2;
      }
      buffered = buffered.slice(at);
      const command = words[0]?.toUpperCase();
      if (command === 'HELLO') socket.write('%2\r\n$6\r\nserver\r\n$5\r\nredis\r\n$5\r\nproto\r\n:3\r\n');
      else if (command === 'INFO') {
        const info = 'redis_version:7.2.0\r\nloading:0\r\nmaxmemory_policy:noeviction\r\n';
        socket.write(`$${info.length}\r\n${info}\r\n`);
      } else if (command === 'CLIENT' || command === 'AUTH' || command === 'SELECT') socket.write('+OK\r\n');
    }
  });
}

/** SMTP: everything passes, until the message itself is left without an answer. */
export function smtp(socket: Socket): void {
  let data = false;
  socket.write('220 test ESMTP\r\n');
  socket.on('data', (chunk: Buffer) => {
    if (data) return;
    for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
      const word = line.slice(0, 4).toUpperCase();
      if (word === 'DATA') {
        data = true;
        socket.write('354 go on\r\n');
        return;
      }
      socket.write(word === 'EHLO' ? '250 test\r\n' : '250 ok\r\n');
    }
  });
}

/** MongoDB: answers `hello`, and leaves every other command without an answer. */
export function mongo(socket: Socket): void {
  const bson = createRequire(import.meta.url)('bson') as {
    serialize(value: unknown): Buffer;
    deserialize(value: Buffer): Record<string, unknown>;
  };
  const hello = () =>
    bson.serialize({
      ok: 1,
      helloOk: true,
      ismaster: true,
      isWritablePrimary: true,
      maxWireVersion: 21,
      minWireVersion: 0,
      maxBsonObjectSize: 16_777_216,
      maxMessageSizeBytes: 48_000_000,
      maxWriteBatchSize: 100_000,
      logicalSessionTimeoutMinutes: 30,
      connectionId: 1,
      readOnly: false,
    });
  let buffered = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk]);
    while (buffered.length >= 4 && buffered.length >= buffered.readInt32LE(0)) {
      const message = buffered.subarray(0, buffered.readInt32LE(0));
      buffered = buffered.subarray(message.length);
      const request = message.readInt32LE(4);
      const code = message.readInt32LE(12);
      // OP_MSG: flags, one section of kind 0. OP_QUERY: flags, name, skip, return, document.
      const at = code === 2013 ? 21 : message.indexOf(0, 20) + 9;
      const command = Object.keys(bson.deserialize(message.subarray(at)))[0]?.toLowerCase();
      if (command !== 'hello' && command !== 'ismaster') continue;
      const document = hello();
      const body =
        code === 2013
          ? Buffer.concat([Buffer.from([0, 0, 0, 0, 0]), document])
          : Buffer.concat([Buffer.from([8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]), document]);
      const head = Buffer.alloc(16);
      head.writeInt32LE(16 + body.length, 0);
      head.writeInt32LE(1, 4);
      head.writeInt32LE(request, 8);
      head.writeInt32LE(code === 2013 ? 2013 : 1, 12);
      socket.write(Buffer.concat([head, body]));
    }
  });
}

/** MySQL, by the server side of mysql2: the login passes, each query is left without an answer. */
export function mysql(socket: Socket): void {
  const { createServer } = createRequire(import.meta.url)('mysql2') as {
    createServer(
      handler: (connection: {
        serverHandshake(options: object): void;
        on(event: string, listener: () => void): void;
      }) => void,
    ): {
      _handleConnection(socket: Socket): void;
    };
  };
  const server = createServer((connection) => {
    connection.on('error', () => undefined);
    connection.on('query', () => undefined);
    connection.serverHandshake({
      protocolVersion: 10,
      serverVersion: '8.0.0',
      connectionId: 1,
      statusFlags: 2,
      characterSet: 8,
      // Everything but TLS and compression.
      capabilityFlags: 0xffffff ^ 0x800 ^ 0x20,
    });
  });
  server._handleConnection(socket);
}

/** NATS: the connect passes and pings are answered, a request is not. */
export function nats(socket: Socket): void {
  socket.write(
    `INFO ${JSON.stringify({ server_id: 'a', version: '2.10.0', proto: 1, max_payload: 1_048_576, headers: true, host: '127.0.0.1', port: 1 })}\r\n`,
  );
  socket.on('data', (chunk: Buffer) => {
    if (chunk.toString().includes('PING\r\n')) socket.write('PONG\r\n');
  });
}
