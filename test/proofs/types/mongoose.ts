import type { Connection, Model, Mongoose } from 'mongoose';
export * as lib from 'mongoose';
export declare const clients: { Mongoose: Mongoose; Connection: Connection; Model: Model<{ a: string }> };
