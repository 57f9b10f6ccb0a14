/**
 * Handshakes of protocols other than HTTP: each says what its protocol wants first, and then nothing. Those that take `begins` start
 * an answer to the first request, and never end it.
 */
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';

/** Postgres: authentication passes, each query is left without an answer. */
export function postgres(socket: Socket, begins = false): void {
  let started = false;
  socket.on('data', (data: Buffer) => {
    // RowDescription of 100 bytes, of which two come.
    if (started && begins) socket.write(Buffer.from([0x54, 0, 0, 0, 100, 0, 1]));
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
export function redis(socket: Socket, begins = false): void {
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
      else if (begins) socket.write('$100\r\nabc');
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
export function mongo(socket: Socket, begins = false): void {
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
      if (command !== 'hello' && command !== 'ismaster') {
        if (begins) socket.write(Buffer.from([100, 0, 0, 0, 1, 0, 0, 0]));
        continue;
      }
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

interface MysqlConnection {
  serverHandshake(options: object): void;
  on(event: string, listener: (sql: string) => void): void;
  writeOk(): void;
  writeColumns(columns: readonly object[]): void;
  writeTextRow(values: readonly string[]): void;
  writeEof(): void;
}

/** How a column of text is described. */
const mysqlColumn = (name: string) => ({
  ...{ catalog: 'def', schema: '', table: '', orgTable: '', name, orgName: name },
  ...{ characterSet: 33, columnLength: 20, columnType: 253, flags: 0, decimals: 0 },
});

/**
 * MySQL, by the server side of mysql2: the login passes, and what drivers ask for at once is answered; `select 1` is left without an
 * answer.
 */
export function mysql(socket: Socket, begins = false): void {
  const { createServer } = createRequire(import.meta.url)('mysql2') as {
    createServer(handler: (connection: MysqlConnection) => void): { _handleConnection(socket: Socket): void };
  };
  const server = createServer((connection) => {
    connection.on('error', () => undefined);
    // `SET NAMES …`
    connection.on('stmt_prepare', (sql) => {
      if (/^set names\b/i.test(sql)) connection.writeOk();
    });
    connection.on('query', (sql) => {
      const asked = /^select\s+(@@.*)$/i.exec(sql)?.[1]?.split(/\s*,\s*/);
      if (asked) {
        connection.writeColumns(asked.map((name) => mysqlColumn(name.replace('@@', ''))));
        connection.writeTextRow(asked.map(() => '1024'));
        connection.writeEof();
      }
      // The head of a packet of 100 bytes.
      else if (begins) socket.write(Buffer.from([100, 0, 0, 1, 3, 0]));
    });
    connection.serverHandshake({
      protocolVersion: 10,
      serverVersion: '5.5.5-10.11.6-MariaDB',
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

/** MQTT 3.1.1: the connect is acknowledged, a publish is not. */
export function mqtt(socket: Socket): void {
  socket.once('data', () => void socket.write(Buffer.from([0x20, 2, 0, 0])));
}

/** Bolt 4.4: the version and `HELLO` are answered, and nothing after that. */
export function bolt(socket: Socket): void {
  const text = (value: string) => Buffer.concat([Buffer.from([0x80 + value.length]), Buffer.from(value)]);
  const entries = [text('server'), text('Neo4j/4.4.0'), text('connection_id'), text('b-1')];
  const success = Buffer.concat([Buffer.from([0xb1, 0x70, 0xa2]), ...entries]);
  let seen = 0;
  socket.on('data', () => {
    seen += 1;
    if (seen === 1) socket.write(Buffer.from([0, 0, 4, 4]));
    if (seen === 2) socket.write(Buffer.concat([Buffer.from([0, success.length]), success, Buffer.from([0, 0])]));
  });
}

/** TDS, as SQL Server speaks it: the login and the driver's own settings pass, each statement after them is left without an answer. */
export function tds(socket: Socket, begins = false): void {
  const reply = (body: Buffer, size = body.length) => {
    const head = Buffer.from([4, 1, 0, 0, 0, 0, 1, 0]);
    head.writeUInt16BE(8 + size, 2);
    socket.write(Buffer.concat([head, body]));
  };
  const done = Buffer.from([0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  let statements = 0;
  socket.on('data', (data: Buffer) => {
    if (data[0] === 0x12) {
      // Version at 11, six bytes; encryption at 17, one byte: not supported.
      reply(Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 0, 0, 0, 0, 2]));
    } else if (data[0] === 0x10) {
      const name = Buffer.from('SQL', 'utf16le');
      const acknowledged = Buffer.concat([Buffer.from([1, 0x74, 0, 0, 4, 3]), name, Buffer.from([16, 0, 0, 0])]);
      reply(Buffer.concat([Buffer.from([0xad, acknowledged.length, 0]), acknowledged, done]));
    } else if (data[0] === 1) {
      statements += 1;
      if (statements === 1) reply(done);
      else if (begins) reply(Buffer.from([0x81, 1]), 100);
    }
  });
}

/** Kafka: says which requests it knows, and leaves each of them without an answer. */
export function kafka(socket: Socket): void {
  const keys = [0, 1, 3, 10, 18];
  socket.on('data', (data: Buffer) => {
    if (data.readInt16BE(4) !== 18) return;
    const version = data.readInt16BE(6);
    const body = Buffer.alloc(4 + 2 + 4 + keys.length * 6 + (version > 0 ? 4 : 0));
    body.writeInt32BE(data.readInt32BE(8), 0);
    body.writeInt32BE(keys.length, 6);
    keys.forEach((key, index) => {
      body.writeInt16BE(key, 10 + index * 6);
      body.writeInt16BE(2, 14 + index * 6);
    });
    const size = Buffer.alloc(4);
    size.writeInt32BE(body.length);
    socket.write(Buffer.concat([size, body]));
  });
}

/** AMQP 0-9-1, by the codec of amqplib 0.10: a connection and a channel open, everything after that is left without an answer. */
export function amqp(socket: Socket): void {
  const codec = createRequire(import.meta.url)('amqplib0/lib/defs.js') as {
    readonly [method: string]: number;
  } & { encodeMethod(id: number, channel: number, fields: object): Buffer };
  const send = (method: string, channel: number, fields: object) =>
    socket.write(codec.encodeMethod(codec[method]!, channel, fields));
  let buffered = Buffer.alloc(0);
  let greeted = false;
  socket.on('data', (data: Buffer) => {
    buffered = Buffer.concat([buffered, data]);
    if (!greeted && buffered.length >= 8) {
      greeted = true;
      buffered = buffered.subarray(8);
      send('ConnectionStart', 0, {
        versionMajor: 0,
        versionMinor: 9,
        serverProperties: {},
        mechanisms: Buffer.from('PLAIN'),
        locales: Buffer.from('en_US'),
      });
    }
    while (greeted && buffered.length >= 7 && buffered.length >= buffered.readUInt32BE(3) + 8) {
      const method = buffered[0] === 1 ? buffered.readUInt32BE(7) : -1;
      const channel = buffered.readUInt16BE(1);
      buffered = buffered.subarray(buffered.readUInt32BE(3) + 8);
      if (method === codec['ConnectionStartOk'])
        send('ConnectionTune', 0, { channelMax: 100, frameMax: 131_072, heartbeat: 0 });
      if (method === codec['ConnectionOpen']) send('ConnectionOpenOk', 0, {});
      if (method === codec['ChannelOpen']) send('ChannelOpenOk', channel, {});
    }
  });
}
