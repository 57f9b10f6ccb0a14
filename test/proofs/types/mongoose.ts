import type { Connection, Document, Model, Mongoose } from 'mongoose';
export * as lib from 'mongoose';
export declare const clients: {
  Mongoose: Mongoose;
  Connection: Connection;
  Model: Model<{ a: string }>;
  Document: Document;
};
